//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! shape = "the pattern borrows, with `ref`"

    let held = match conn {
        Conn::Reading(ref buffer) => buffer.bytes.len(),
        Conn::Forwarding { ref head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
