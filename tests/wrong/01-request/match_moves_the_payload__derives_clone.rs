//! exercise = "01-request/match_moves_the_payload"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "the_buffer_stays_in_the_connection"
//! says = "to look at a buffer, no copy is needed"
//! edits = { "pub struct Buffer {" = "#[derive(Clone)]\npub struct Buffer {", "pub enum Conn {" = "#[derive(Clone)]\npub enum Conn {" }

    let held = match conn.clone() {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
