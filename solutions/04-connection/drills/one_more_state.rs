//! One more state: connections can drain since yesterday, and two functions have not heard of it.
//!
//! `Draining` is new: the last answer is out, and what the client still sends is thrown away.
//! A connection that is closed with unread bytes is reset, and its client may lose the answer (RFC 9112 9.6).
//! Both functions below name every state that there was before, and none of them says "and everything else".
//! So the compiler knows each place that has to decide about the new state, and refuses until you have decided.
//! Give both an answer: the status page says `draining, 40 bytes left`, and a stop may not close it now.

/// Where a connection is.
#[derive(Debug)]
pub enum Conn {
    /// Between two requests.
    Idle,
    /// So many bytes of a request have come.
    Reading { bytes: usize },
    /// The request is at this upstream.
    Forwarding { upstream: String },
    /// The last answer is out. So many more bytes are read and thrown away.
    Draining { left: usize },
    /// It is over.
    Closed,
}

/// What the status page says about a connection.
pub fn shown(conn: &Conn) -> String {
    match conn {
        Conn::Idle => String::from("idle"),
        Conn::Reading { bytes } => format!("reading, {bytes} bytes so far"),
        Conn::Forwarding { upstream } => format!("forwarding to {upstream}"),
        // exercise: begin shown
        Conn::Draining { left } => format!("draining, {left} bytes left"),
        // exercise: stub
        // exercise: end
        Conn::Closed => String::from("closed"),
    }
}

/// Whether a proxy that stops may close the connection now, and no client loses an answer by it.
pub fn may_close_now(conn: &Conn) -> bool {
    match conn {
        Conn::Idle | Conn::Closed => true,
        // exercise: begin may_close_now
        Conn::Reading { .. } | Conn::Forwarding { .. } | Conn::Draining { .. } => false,
        // exercise: stub
        // Conn::Reading { .. } | Conn::Forwarding { .. } => false,
        // exercise: end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(conn: Conn, words: &str, close: bool) {
        let got = shown(&conn);
        let why = "the status page says the state and what it knows";
        assert!(got == words, "{why}\ninput: {conn:?}\nexpected: {words}\ngot: {got}");
        let got = may_close_now(&conn);
        let why = "a connection may be closed when no answer can get lost by it";
        assert!(got == close, "{why}\ninput: {conn:?}\nexpected: {close}\ngot: {got}");
    }

    #[test]
    fn quiet_connections_may_be_closed() {
        check(Conn::Idle, "idle", true);
        check(Conn::Closed, "closed", true);
    }

    #[test]
    fn a_request_that_runs_is_let_run() {
        check(Conn::Reading { bytes: 7 }, "reading, 7 bytes so far", false);
        check(Conn::Forwarding { upstream: String::from("10.0.0.7:80") }, "forwarding to 10.0.0.7:80", false);
    }

    #[test]
    fn a_draining_connection_is_shown_as_one() {
        for left in [40, 1] {
            let (got, expected) = (shown(&Conn::Draining { left }), format!("draining, {left} bytes left"));
            let why = "an operator wants to tell a connection that drains from one that is closed";
            assert!(got == expected, "{why}\ninput: Draining, left: {left}\nexpected: {expected}\ngot: {got}");
        }
    }

    #[test]
    fn a_draining_connection_is_not_closed_at_once() {
        let why = "its client may not have read the last answer yet, and a reset would take it away";
        let got = may_close_now(&Conn::Draining { left: 40 });
        assert!(!got, "{why}\ninput: Draining, left: 40\nexpected: false\ngot: {got}");
    }
}
