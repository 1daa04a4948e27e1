//! Flags to states: the old proxy kept three flags and a number, and you turn them into one state.
//!
//! Three flags have eight values; five states is all that a connection of the old proxy can be in.
//! The other values mean nothing, and each function of the old proxy had to ask for them again.
//! So they are asked for once, here, where old records come in: a record is a state, or it is `None`.
//! Behind this line there is only `State`, and what cannot be cannot be written down.
//!
//! The old proxy read a request to its end before it began to answer. A closed connection has nothing set.

#![allow(unused)] // delete this line when your last todo!() is gone

/// A record of the old proxy.
#[derive(Clone, Copy, Debug)]
pub struct Flags {
    pub open: bool,
    pub head_read: bool,
    pub body_read: bool,
    /// The status of the answer that is on its way, and 0 for none.
    pub status: u16,
}

/// The same, with its data in the only state that has it.
#[derive(Debug, PartialEq)]
pub enum State {
    Idle,
    ReadingBody,
    Forwarding,
    Answering { status: u16 },
    Closed,
}

/// The state that the flags stand for, or `None` when they stand for nothing.
pub fn state(flags: Flags) -> Option<State> {
    todo!("match the three flags and the status as one tuple; give the five states, and None for the rest")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(flags: Flags, expected: Option<State>, why: &str) {
        println!("{why}\ninput: {flags:?}"); // should `state` panic, this is still shown
        let got = state(flags);
        assert!(got == expected, "{why}\ninput: {flags:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    fn open(head_read: bool, body_read: bool, status: u16) -> Flags {
        Flags { open: true, head_read, body_read, status }
    }

    #[test]
    fn a_request_comes_step_by_step() {
        check(open(false, false, 0), Some(State::Idle), "nothing has come yet");
        check(open(true, false, 0), Some(State::ReadingBody), "the head is there, the body is not");
        check(open(true, true, 0), Some(State::Forwarding), "all of it is there, and no answer yet");
    }

    #[test]
    fn an_answer_has_its_status_with_it() {
        for status in [200, 404] {
            check(open(true, true, status), Some(State::Answering { status }), "the status belongs to this state");
        }
    }

    #[test]
    fn a_closed_connection_has_nothing_set() {
        let closed = Flags { open: false, head_read: false, body_read: false, status: 0 };
        check(closed, Some(State::Closed), "it is over");
    }

    #[test]
    fn what_is_closed_reads_and_answers_nothing() {
        for (head_read, body_read, status) in [(true, false, 0), (false, true, 0), (true, true, 0), (true, true, 200)] {
            let flags = Flags { open: false, head_read, body_read, status };
            check(flags, None, "a connection that is closed has no request and no answer any more");
        }
    }

    #[test]
    fn no_body_without_a_head() {
        check(open(false, true, 0), None, "the body comes behind its head");
        check(open(false, true, 200), None, "the body comes behind its head");
    }

    #[test]
    fn no_answer_before_the_request_is_read() {
        check(open(false, false, 200), None, "nobody has asked anything yet");
        check(open(true, false, 200), None, "the old proxy answers when the body has been read");
    }
}
