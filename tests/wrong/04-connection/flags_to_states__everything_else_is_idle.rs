//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "a record that means nothing is a fresh connection"
//! fails = "what_is_closed_reads_and_answers_nothing"
//! says = "no request and no answer any more"

    match (flags.open, flags.head_read, flags.body_read, flags.status) {
        (false, false, false, 0) => Some(State::Closed),
        (true, true, false, 0) => Some(State::ReadingBody),
        (true, true, true, 0) => Some(State::Forwarding),
        (true, true, true, status) => Some(State::Answering { status }),
        _ => Some(State::Idle),
    }
