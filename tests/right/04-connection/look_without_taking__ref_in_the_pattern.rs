//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! shape = "`ref` in the pattern in place of `&` in the match"

    match worker.conn {
        Some(Conn::Reading { ref head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    }
