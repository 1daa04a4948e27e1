//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "a match needs arms for the values that make sense"
//! fails = "E0004"
//! says = "All of them"

    match (flags.open, flags.head_read, flags.body_read, flags.status) {
        (false, false, false, 0) => Some(State::Closed),
        (true, false, false, 0) => Some(State::Idle),
        (true, true, false, 0) => Some(State::ReadingBody),
        (true, true, true, 0) => Some(State::Forwarding),
        (true, true, true, status) => Some(State::Answering { status }),
    }
