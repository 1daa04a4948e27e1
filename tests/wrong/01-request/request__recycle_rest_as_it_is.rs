//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "an empty rest is a buffer like any other"
//! fails = "step_4_recycle::keeps_the_allocation_for_the_next_request"
//! says = "the head owns one"

    let _ = head;
    rest
