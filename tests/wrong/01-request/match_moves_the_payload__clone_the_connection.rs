//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a use after a move is mended by a clone"
//! fails = "E0599"
//! says = "match on a loan"

    let held = match conn.clone() {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
