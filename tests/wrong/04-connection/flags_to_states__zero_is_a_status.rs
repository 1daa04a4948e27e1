//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "a number that says none is a number like others"
//! fails = "a_request_comes_step_by_step"
//! says = "no answer yet"

    match (flags.open, flags.head_read, flags.body_read, flags.status) {
        (false, false, false, 0) => Some(State::Closed),
        (true, false, false, 0) => Some(State::Idle),
        (true, true, false, 0) => Some(State::ReadingBody),
        (true, true, true, status) => Some(State::Answering { status }),
        (false, _, _, _) | (true, false, _, _) | (true, true, false, _) => None,
    }
