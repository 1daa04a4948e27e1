//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! shape = "each arm takes the connection apart and builds it again, without a copy"

    let (held, conn) = match conn {
        Conn::Reading(buffer) => (buffer.bytes.len(), Conn::Reading(buffer)),
        Conn::Forwarding { head, left } => (head.bytes.len(), Conn::Forwarding { head, left }),
        Conn::Closed => (0, Conn::Closed),
    };
