//! exercise = "01-request"
//! mark = "cut"
//! misconception = "a slice stays good while its buffer is cut"
//! fails = "E0502"
//! says = "keep a number"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let head = &buffer[..end];
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: head.to_vec(), rest })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
