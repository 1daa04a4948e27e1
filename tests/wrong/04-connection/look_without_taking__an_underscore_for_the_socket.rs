//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "`_` for the socket leaves it in the connection"
//! fails = "the_connection_stays_with_its_worker"
//! says = "look, and not take"

    match worker.conn.take() {
        Some(Conn::Reading { socket: _, head: bytes }) => bytes.len(),
        Some(Conn::Idle { socket: _ }) | None => 0,
    }
