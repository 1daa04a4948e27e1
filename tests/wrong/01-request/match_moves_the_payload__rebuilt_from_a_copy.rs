//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a connection that was taken apart is mended by a copy"
//! fails = "the_buffer_stays_in_the_connection"
//! says = "to look at a buffer, no copy is needed"

    let (held, conn) = match conn {
        Conn::Reading(buffer) => (buffer.bytes.len(), Conn::Reading(Buffer { bytes: buffer.bytes.clone() })),
        Conn::Forwarding { head, left } => {
            let copy = Buffer { bytes: head.bytes.clone() };
            (copy.bytes.len(), Conn::Forwarding { head: copy, left })
        }
        Conn::Closed => (0, Conn::Closed),
    };
