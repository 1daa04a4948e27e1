//! exercise = "01-request"
//! mark = "cut"
//! misconception = "after a move the old variable can still be read"
//! fails = "E0382"
//! says = "does not own them any more"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => Ok(Cut::Complete { head: buffer, rest: buffer[end..].to_vec() }),
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
