//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "the flag `open` alone says whether it is closed"
//! fails = "what_is_closed_reads_and_answers_nothing"
//! says = "no request and no answer any more"

    match (flags.open, flags.head_read, flags.body_read, flags.status) {
        (false, _, _, _) => Some(State::Closed),
        (true, false, false, 0) => Some(State::Idle),
        (true, true, false, 0) => Some(State::ReadingBody),
        (true, true, true, 0) => Some(State::Forwarding),
        (true, true, true, status) => Some(State::Answering { status }),
        (true, false, _, _) | (true, true, false, _) => None,
    }
