//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a loan can be given back in place of the value"
//! fails = "E0308"
//! says = "where you look"

    let conn = &conn;
    let held = match conn {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
