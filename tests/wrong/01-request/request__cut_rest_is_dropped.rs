//! exercise = "01-request"
//! mark = "cut"
//! misconception = "one read gives one request, so nothing follows the head"
//! fails = "step_1_cut::gives_back_the_bytes_after_the_blank_line"
//! says = "belong to the next request"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            buffer.truncate(end);
            Ok(Cut::Complete { head: buffer, rest: Vec::new() })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
