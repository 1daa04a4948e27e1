//! exercise = "01-request"
//! mark = "recycle"
//! shape = "the old buffer is emptied, and gets the rest: one copy, and the larger buffer stays"

    let mut buffer = head.into_bytes();
    buffer.clear();
    buffer.extend(rest);
    buffer
