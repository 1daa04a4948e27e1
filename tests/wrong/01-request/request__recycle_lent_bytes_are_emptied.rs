//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "as_bytes gives the buffer"
//! fails = "E0599"
//! says = "into_bytes"

    if !rest.is_empty() {
        return rest;
    }
    let mut buffer = head.as_bytes();
    buffer.clear();
    buffer.to_vec()
