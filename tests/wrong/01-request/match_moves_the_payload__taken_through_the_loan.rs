//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "`*` gives the value behind a loan"
//! fails = "E0507"
//! says = "Through a loan you can look"

    let lent = &conn;
    let held = match *lent {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
