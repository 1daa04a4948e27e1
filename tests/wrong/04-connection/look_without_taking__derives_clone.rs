//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "a clone of a socket is the same socket"
//! fails = "no_socket_is_closed"
//! says = "lost its owner inside"
//! edits = { "#[derive(Debug)]\npub struct Socket" = "#[derive(Clone, Debug)]\npub struct Socket", "#[derive(Debug)]\npub enum Conn" = "#[derive(Clone, Debug)]\npub enum Conn" }

    match worker.conn.clone() {
        Some(Conn::Reading { head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    }
