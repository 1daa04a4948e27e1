//! exercise = "01-request"
//! mark = "cut"
//! misconception = "the caller still has its buffer, so nothing needs to come back"
//! fails = "step_1_cut::keeps_a_partial_head_until_the_blank_line"
//! says = "the caller gets every byte back"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(Vec::new())),
    }
