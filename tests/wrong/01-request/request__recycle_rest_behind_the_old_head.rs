//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "the buffer goes on where it stopped"
//! fails = "step_4_recycle::gives_back_the_start_of_the_next_request"
//! says = "are the next request"

    let mut buffer = head.into_bytes();
    buffer.extend_from_slice(&rest);
    buffer
