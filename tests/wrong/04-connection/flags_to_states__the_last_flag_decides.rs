//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! misconception = "whatever has come furthest decides"
//! fails = "no_answer_before_the_request_is_read"
//! says = "asked anything yet"

    if !flags.open {
        return if flags.head_read || flags.body_read || flags.status != 0 { None } else { Some(State::Closed) };
    }
    if flags.body_read && !flags.head_read {
        return None;
    }
    if flags.status != 0 {
        return Some(State::Answering { status: flags.status });
    }
    if flags.body_read {
        return Some(State::Forwarding);
    }
    Some(if flags.head_read { State::ReadingBody } else { State::Idle })
