//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! shape = "one question after the other"

    let Flags { open, head_read, body_read, status } = flags;
    if !open {
        return if head_read || body_read || status != 0 { None } else { Some(State::Closed) };
    }
    if status != 0 {
        return if head_read && body_read { Some(State::Answering { status }) } else { None };
    }
    match (head_read, body_read) {
        (false, false) => Some(State::Idle),
        (true, false) => Some(State::ReadingBody),
        (true, true) => Some(State::Forwarding),
        (false, true) => None,
    }
