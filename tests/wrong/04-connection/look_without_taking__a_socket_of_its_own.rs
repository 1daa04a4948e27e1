//! exercise = "04-connection/look_without_taking"
//! mark = "body"
//! misconception = "a connection to the same client is the same connection"
//! fails = "no_socket_is_closed"
//! says = "lost its owner inside"

    match worker.conn.take() {
        Some(Conn::Reading { socket, head }) => {
            let held = head.len();
            worker.conn = Some(Conn::Reading { socket: Socket { client: socket.client.clone() }, head });
            held
        }
        Some(Conn::Idle { socket }) => {
            worker.conn = Some(Conn::Idle { socket: Socket { client: socket.client.clone() } });
            0
        }
        None => 0,
    }
