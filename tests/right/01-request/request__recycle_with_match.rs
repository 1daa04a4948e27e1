//! exercise = "01-request"
//! mark = "recycle"
//! shape = "match on whether rest is empty"

    match rest.is_empty() {
        false => rest,
        true => {
            let mut buffer = head.into_bytes();
            buffer.truncate(0);
            buffer
        }
    }
