//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! shape = "if let in place of match"

    if let Some(Conn::Reading { head, .. }) = &worker.conn { head.len() } else { 0 }
