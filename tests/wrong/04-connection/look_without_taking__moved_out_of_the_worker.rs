//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "`match x` does not move the payload"
//! fails = "E0507"
//! says = "match on a loan"

    match worker.conn {
        Some(Conn::Reading { head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    }
