//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "after a match the value is whole again"
//! fails = "E0382"
//! says = "took the head out"

    let conn = worker.conn.take();
    let held = match conn {
        Some(Conn::Reading { head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    };
    worker.conn = conn;
    held
