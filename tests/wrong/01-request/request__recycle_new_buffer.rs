//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "a new Vec costs nothing"
//! fails = "step_4_recycle::keeps_the_allocation_for_the_next_request"
//! says = "a new buffer was allocated"

    let _ = head;
    if rest.is_empty() { Vec::new() } else { rest }
