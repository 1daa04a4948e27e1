//! exercise = "01-request"
//! mark = "cut"
//! shape = "one check of the length, then an if/else"

    let end = syntax::end_of_head(&buffer);
    if end.unwrap_or(buffer.len()) > limits.head {
        return Err(too_long);
    }
    if let Some(end) = end {
        let rest = buffer[end..].to_vec();
        buffer.truncate(end);
        Ok(Cut::Complete { head: buffer, rest })
    } else {
        Ok(Cut::Partial(buffer))
    }
