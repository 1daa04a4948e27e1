//! exercise = "04-connection/flags_to_states"
//! mark = "body"
//! shape = "the struct itself is matched"

    match flags {
        Flags { open: false, head_read: false, body_read: false, status: 0 } => Some(State::Closed),
        Flags { open: false, .. } => None,
        Flags { head_read: false, body_read: false, status: 0, .. } => Some(State::Idle),
        Flags { head_read: true, body_read: false, status: 0, .. } => Some(State::ReadingBody),
        Flags { head_read: true, body_read: true, status: 0, .. } => Some(State::Forwarding),
        Flags { head_read: true, body_read: true, status, .. } => Some(State::Answering { status }),
        Flags { .. } => None,
    }
