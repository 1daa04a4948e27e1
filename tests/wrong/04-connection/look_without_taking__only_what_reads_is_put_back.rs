//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "what is not named in the pattern stays where it was"
//! fails = "the_connection_stays_with_its_worker"
//! says = "goes on with its connection"

    match worker.conn.take() {
        Some(Conn::Reading { socket, head }) => {
            let held = head.len();
            worker.conn = Some(Conn::Reading { socket, head });
            held
        }
        Some(Conn::Idle { .. }) | None => 0,
    }
