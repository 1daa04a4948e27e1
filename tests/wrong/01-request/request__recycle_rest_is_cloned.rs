//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "to give a value back, one has to clone it"
//! fails = "step_4_recycle::makes_no_third_buffer"
//! says = "owns two buffers already"

    if !rest.is_empty() {
        return rest.clone();
    }
    let mut buffer = head.into_bytes();
    buffer.clear();
    buffer
