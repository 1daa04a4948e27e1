//! exercise = "01-request"
//! mark = "cut"
//! misconception = "the limit is on the buffer, and the buffer is the head"
//! fails = "step_1_cut::measures_the_head_and_not_what_follows_it"
//! says = "the limit is on the head"

    if buffer.len() > limits.head {
        return Err(too_long);
    }
    match syntax::end_of_head(&buffer) {
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None => Ok(Cut::Partial(buffer)),
    }
