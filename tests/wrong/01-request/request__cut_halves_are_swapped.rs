//! exercise = "01-request"
//! mark = "cut"
//! misconception = "split_off leaves the second half and gives the first one"
//! fails = "step_1_cut::takes_a_head_that_is_all_there"
//! says = "the head ends with its blank line"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let head = buffer.split_off(end);
            Ok(Cut::Complete { head, rest: buffer })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
