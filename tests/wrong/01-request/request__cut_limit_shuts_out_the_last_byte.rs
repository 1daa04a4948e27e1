//! exercise = "01-request"
//! mark = "cut"
//! misconception = "a limit is the first length that is refused"
//! fails = "step_1_cut::takes_a_head_that_just_fits"
//! says = "64 bytes fit into a limit of 64"

    match syntax::end_of_head(&buffer) {
        Some(end) if end >= limits.head => Err(too_long),
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
