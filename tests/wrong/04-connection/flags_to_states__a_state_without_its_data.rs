//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "the status can be asked for later"
//! fails = "E0533"
//! says = "with its data"

    match (flags.open, flags.head_read, flags.body_read, flags.status) {
        (false, false, false, 0) => Some(State::Closed),
        (true, false, false, 0) => Some(State::Idle),
        (true, true, false, 0) => Some(State::ReadingBody),
        (true, true, true, 0) => Some(State::Forwarding),
        (true, true, true, _) => Some(State::Answering),
        (false, _, _, _) | (true, false, _, _) | (true, true, false, _) => None,
    }
