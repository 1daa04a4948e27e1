//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! shape = "taken, looked at by a loan, and put back whole"

    let conn = worker.conn.take();
    let held = match &conn {
        Some(Conn::Reading { head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    };
    worker.conn = conn;
    held
