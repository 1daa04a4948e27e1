//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "the owner of a value may change it without saying so"
//! fails = "E0596"
//! says = "has to be `mut`"

    if !rest.is_empty() {
        return rest;
    }
    let buffer = head.into_bytes();
    buffer.clear();
    buffer
