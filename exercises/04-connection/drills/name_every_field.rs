//! Name every field: an event learned a new field, and the patterns do not mention it.
//!
//! A client may send `Expect: 100-continue` with its head.
//! It may then wait for our interim answer, 100, before it sends the body (RFC 9110 10.1.1).
//! The event `HeadEnded` says so since yesterday, in its field `expects_continue`.
//! With `..` the patterns would compile, and we would wait for the body while the client waits for us.
//! Name the new field, and decide what it means: with a body to come, send the 100 first.

/// What happened on a connection.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// The head is all there.
    HeadEnded {
        /// A body follows.
        body: bool,
        /// The client may send another request on this connection.
        persistent: bool,
        /// The client waits for a 100 before it sends its body.
        expects_continue: bool,
    },
    /// The client closed its side.
    Left,
}

/// What to do next. `keep`: the connection may serve another request after this one.
#[derive(Debug, PartialEq)]
pub enum Action {
    /// The request is all there.
    Forward { keep: bool },
    /// Wait for the body.
    ReadBody { keep: bool },
    /// Send the 100, then wait for the body.
    SendContinue { keep: bool },
    /// Nobody is there.
    Close,
}

/// What to do after `event`.
pub fn next(event: Event) -> Action {
    match event {
        Event::HeadEnded { body: false, persistent } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent } => Action::ReadBody { keep: persistent },
        Event::Left => Action::Close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: bool, expects_continue: bool, expected: fn(bool) -> Action, why: &str) {
        for persistent in [true, false] {
            let event = Event::HeadEnded { body, persistent, expects_continue };
            let (got, expected) = (next(event), expected(persistent));
            assert!(got == expected, "{why}\ninput: {event:?}\nexpected: {expected:?}\ngot: {got:?}");
        }
    }

    #[test]
    fn a_request_without_a_body_is_forwarded() {
        check(false, false, |keep| Action::Forward { keep }, "the request is all there");
    }

    #[test]
    fn a_body_is_waited_for() {
        check(true, false, |keep| Action::ReadBody { keep }, "the body comes without being asked for");
    }

    #[test]
    fn a_client_that_waits_gets_its_100_first() {
        let why = "the client waits for us: when we wait for it, too, nothing moves";
        check(true, true, |keep| Action::SendContinue { keep }, why);
    }

    #[test]
    fn without_a_body_nobody_waits() {
        let why = "a 100 asks for the body, and here none will come";
        check(false, true, |keep| Action::Forward { keep }, why);
    }

    #[test]
    fn a_client_that_left_gets_nothing() {
        let got = next(Event::Left);
        assert!(got == Action::Close, "nobody is there\ninput: Left\nexpected: Close\ngot: {got:?}");
    }
}
