//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "a text that is lent can be changed in place"
//! fails = "E0596"
//! says = "a `mut` loan"

    for byte in text.iter_mut() {
        if !plain(*byte) {
            *byte = b'?';
        }
    }
    out.extend_from_slice(text);
