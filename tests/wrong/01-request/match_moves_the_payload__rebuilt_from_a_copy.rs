//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a connection that was taken apart is mended by a copy"
//! fails = "the_buffer_stays_in_the_connection"
//! says = "to look at a buffer, no copy is needed"

    let (held, conn) = match conn {
        Conn::Reading(buffer) => (buffer.bytes.len(), Conn::Reading(Buffer { bytes: buffer.bytes.clone() })),
        Conn::Forwarding { head, left } => (head.bytes.len(), Conn::Forwarding { head: Buffer { bytes: head.bytes.clone() }, left }),
        Conn::Closed => (0, Conn::Closed),
    };
