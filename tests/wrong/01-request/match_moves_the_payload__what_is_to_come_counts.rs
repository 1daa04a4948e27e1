//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "what is still to come is held already"
//! fails = "counts_the_head_of_a_forwarding_connection"
//! says = "the number of bytes in the buffer"

    let held = match &conn {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, left } => head.bytes.len() + left,
        Conn::Closed => 0,
    };
