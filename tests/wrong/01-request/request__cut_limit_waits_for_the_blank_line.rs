//! exercise = "01-request"
//! mark = "cut"
//! misconception = "a head can be measured only when it is complete"
//! fails = "step_1_cut::refuses_a_head_that_is_too_long"
//! says = "65 bytes without a blank line cannot become a head of 64"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None => Ok(Cut::Partial(buffer)),
    }
