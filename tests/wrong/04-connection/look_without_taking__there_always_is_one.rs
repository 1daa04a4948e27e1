//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "a worker always has a connection"
//! fails = "counts_what_a_head_has_so_far"
//! says = "None"

    match worker.conn.as_ref().unwrap() {
        Conn::Reading { head, .. } => head.len(),
        Conn::Idle { .. } => 0,
    }
