//! exercise = "01-request"
//! mark = "recycle"
//! misconception = "a buffer that is used again is empty by itself"
//! fails = "step_4_recycle::gives_back_an_empty_buffer_when_nothing_is_left"
//! says = "must not be read a second time"

    if !rest.is_empty() {
        return rest;
    }
    head.into_bytes()
