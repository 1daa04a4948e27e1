//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "each request starts with an empty buffer"
//! fails = "step_4_recycle::gives_back_the_start_of_the_next_request"
//! says = "are the next request"

    let _ = rest;
    let mut buffer = head.into_bytes();
    buffer.clear();
    buffer
