//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "into_bytes looks into the head and leaves it whole"
//! fails = "E0382"
//! says = "does not own them any more"

    let mut buffer = head.into_bytes();
    if rest.is_empty() {
        buffer.truncate(buffer.len() - head.as_bytes().len());
        return buffer;
    }
    rest
