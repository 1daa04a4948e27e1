//! exercise = "01-request"
//! mark = "cut"
//! shape = "drain the head off the front; the buffer keeps the rest"

    let Some(end) = syntax::end_of_head(&buffer) else {
        return if buffer.len() > limits.head { Err(too_long) } else { Ok(Cut::Partial(buffer)) };
    };
    if end > limits.head {
        return Err(too_long);
    }
    let head: Vec<u8> = buffer.drain(..end).collect();
    Ok(Cut::Complete { head, rest: buffer })
