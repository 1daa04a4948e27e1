//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "bytes that are lent can be used again after a copy"
//! fails = "step_4_recycle::keeps_the_allocation_for_the_next_request"
//! says = "a new buffer was allocated"

    if !rest.is_empty() {
        return rest;
    }
    let mut buffer = head.as_bytes().to_vec();
    buffer.clear();
    buffer
