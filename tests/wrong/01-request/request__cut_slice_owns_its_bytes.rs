//! exercise = "01-request"
//! mark = "cut"
//! misconception = "a slice of a Vec is a Vec of its own, as in Python"
//! fails = "E0308"
//! says = "a view of bytes that someone else owns"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => Ok(Cut::Complete { head: &buffer[..end], rest: &buffer[end..] }),
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
