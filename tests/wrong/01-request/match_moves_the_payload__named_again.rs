//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a second name for the connection keeps the first one whole"
//! fails = "E0382"
//! says = "no longer whole"

    let held = match conn {
        Conn::Reading(buffer) => {
            let mine = buffer;
            mine.bytes.len()
        }
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
