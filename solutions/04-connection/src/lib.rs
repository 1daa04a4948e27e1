//! Part 04, `connection`: the state machine of one client connection.
//!
//! Owns what is known about the connection at this moment, each piece in the only states that have it. It knows no
//! socket and no clock: the proxy reports what happened ([`Event`]) and does what it is told ([`Action`]).
//!
//! ```text
//!            Read               HeadEnded                     AnswerEnded
//!   Idle -----------> ReadingHead ------+---------> Forwarding -----------> Idle, or Draining
//!    ^                     |            |  BodyEnded ^   |  Switched
//!    |                     | Refused    +-> ReadingBody  +-----------> Tunnel ---> Closed
//!    |                     v                  | AnswerEnded
//!    +-- a new one      Draining <------------+
//! ```
//!
//! What cannot be is not there to be checked: an idle connection has at least one turn left, a body that is
//! still coming has no upgrade, and a tunnel has a side that still sends.

use std::num::NonZeroU32;
use wire::connection::{Action, Answer, Bounds, Event, Open, Reason, Side};

/// Where a connection is in its life. It is not `Clone`: each step consumes the state before it.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// Between two requests.
    Idle {
        /// Requests that may still come. Never zero: with none left, a connection is closed and not idle.
        turns: NonZeroU32,
    },
    /// The first bytes of a head are there, its blank line is not.
    ReadingHead {
        /// Bytes of the head so far.
        bytes: usize,
        /// Requests that may come after this one.
        after: u32,
    },
    /// The request goes to the upstream, and its body is still coming from the client.
    ReadingBody {
        /// Requests that may come after this one.
        after: u32,
        /// How far the answer is: an upstream may answer before it has read everything.
        answer: Answer,
    },
    /// The whole request was read; the answer is awaited or on its way.
    Forwarding {
        /// Requests that may come after this one.
        after: u32,
        /// The client asked to switch protocols.
        upgrade: bool,
        /// How far the answer is.
        answer: Answer,
    },
    /// The last answer is out, and the client may still be sending. What comes is thrown away: closing with bytes
    /// unread would reset the connection, and the client might lose the answer (RFC 9112 9.6).
    Draining {
        /// Bytes that we are still willing to throw away.
        left: usize,
        /// Why the connection ends.
        why: Reason,
    },
    /// Both sides speak another protocol, which we pass on unread.
    Tunnel {
        /// The sides that still send.
        open: Open,
    },
    /// It is over.
    Closed(Reason),
}

impl State {
    /// A connection that was accepted just now.
    pub fn new(bounds: &Bounds) -> Self {
        State::Idle { turns: bounds.requests }
    }

    /// The state after `event`, and what the proxy has to do about it.
    ///
    /// An event that cannot happen here closes the connection with [`Reason::Impossible`]. A closed one stays closed.
    #[must_use = "the old state is gone: keep the new one, and do what the action says"]
    pub fn step(self, event: Event, bounds: &Bounds) -> (Self, Action) {
        match self {
            State::Idle { turns } => idle(turns, event),
            State::ReadingHead { bytes, after } => reading_head(bytes, after, event, bounds),
            State::ReadingBody { after, answer } => reading_body(after, answer, event, bounds),
            State::Forwarding { after, upgrade, answer: Answer::Awaited } => awaiting(after, upgrade, event),
            State::Forwarding { after, upgrade: _, answer: Answer::Begun { delimited } } => {
                answering(after, delimited, event, bounds)
            }
            State::Draining { left, why } => draining(left, why, event),
            State::Tunnel { open } => tunnel(open, event),
            State::Closed(reason) => (State::Closed(reason), Action::Close),
        }
    }
}

/// Nobody waits for an answer here, so the end is silent: a 408 now would answer a request that nobody sent.
fn idle(turns: NonZeroU32, event: Event) -> (State, Action) {
    // exercise: begin idle
    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Idle", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Idle", event),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
    // exercise: stub
    // todo!("match the event: Read begins a head and takes a turn, three events close for three reasons, the rest are impossible")
    // exercise: end
}

/// The client waits for an answer, and nobody but us can give it.
fn reading_head(bytes: usize, after: u32, event: Event, bounds: &Bounds) -> (State, Action) {
    match event {
        // exercise: begin reading_head
        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent, upgrade } => {
            (State::Forwarding { after: kept(after, persistent), upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
        // exercise: stub
        // Event::Read(_) | Event::HeadEnded { .. } | Event::StopAsked => {
        //     todo!("count the bytes up to the bound; at the end of the head go on with or without a body; at a stop take the turns")
        // }
        // exercise: end
        Event::Refused(status) => refuse(status, bounds),
        Event::TimedOut(Side::Client) => refuse(408, bounds),
        Event::Closed(Side::Client) => refuse(400, bounds),
        Event::BodyEnded | Event::AnswerReady { .. } | Event::AnswerEnded => impossible("ReadingHead", event),
        Event::Switched | Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => {
            impossible("ReadingHead", event)
        }
    }
}

/// Two things at once: the body comes, and the answer may come before its end. Then nobody can say where the
/// client's next request begins, so the connection takes no more of them.
fn reading_body(after: u32, answer: Answer, event: Event, bounds: &Bounds) -> (State, Action) {
    match (answer, event) {
        (answer, Event::Read(_)) => (State::ReadingBody { after, answer }, Action::GoOn),
        (answer, Event::BodyEnded) => (State::Forwarding { after, upgrade: false, answer }, Action::GoOn),
        (answer, Event::StopAsked) => (State::ReadingBody { after: 0, answer }, Action::GoOn),
        (Answer::Awaited, Event::AnswerReady { delimited }) => {
            (State::ReadingBody { after: 0, answer: Answer::Begun { delimited } }, Action::Answer { keep: false })
        }
        (Answer::Awaited, Event::Refused(status)) => refuse(status, bounds),
        (Answer::Awaited, Event::TimedOut(Side::Client)) => refuse(408, bounds),
        (Answer::Awaited, Event::Closed(Side::Client)) => refuse(400, bounds),
        (Answer::Awaited, Event::TimedOut(Side::Upstream)) => refuse(504, bounds),
        // A 101 that nobody asked for is a faulty answer: no request with a body asks for one.
        (Answer::Awaited, Event::Closed(Side::Upstream) | Event::Switched) => refuse(502, bounds),
        (Answer::Begun { .. }, Event::AnswerEnded) => finish(bounds),
        (Answer::Begun { delimited }, Event::TimedOut(side) | Event::Closed(side)) => broken(side, delimited),
        (Answer::Awaited, Event::HeadEnded { .. } | Event::AnswerEnded)
        | (
            Answer::Begun { .. },
            Event::HeadEnded { .. } | Event::AnswerReady { .. } | Event::Switched | Event::Refused(_),
        ) => impossible("ReadingBody", event),
    }
}

/// The request is out, and any answer can still be given: the upstream's, or ours in its place.
fn awaiting(after: u32, upgrade: bool, event: Event) -> (State, Action) {
    match event {
        Event::AnswerReady { delimited } => {
            let after = kept(after, delimited);
            (begun(after, delimited), Action::Answer { keep: after > 0 })
        }
        Event::Switched if upgrade => (State::Tunnel { open: Open::Both }, Action::Tunnel),
        // A 101 that nobody asked for is a faulty answer.
        Event::Switched | Event::Closed(Side::Upstream) => stand_in(502, after),
        Event::TimedOut(Side::Upstream) => stand_in(504, after),
        Event::Refused(status) => stand_in(status, after),
        Event::TimedOut(Side::Client) | Event::Closed(Side::Client) => broken(Side::Client, true),
        Event::StopAsked => (State::Forwarding { after: 0, upgrade, answer: Answer::Awaited }, Action::GoOn),
        Event::Read(_) | Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerEnded => {
            impossible("Forwarding", event)
        }
    }
}

/// The answer is on its way, so it can only end or break off. When it has ended, the turns that are left decide.
///
/// Without any, the client may not know it yet: it sends the next request before it has read this answer.
fn answering(after: u32, delimited: bool, event: Event, bounds: &Bounds) -> (State, Action) {
    match event {
        // exercise: begin answering
        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => finish(bounds),
        },
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
        // exercise: stub
        // Event::AnswerEnded | Event::TimedOut(_) | Event::Closed(_) | Event::StopAsked => {
        //     todo!("end in Idle while turns are left, and with finish without any; an answer that breaks off is broken; a stop takes the turns")
        // }
        // exercise: end
        Event::Read(_) | Event::HeadEnded { .. } | Event::BodyEnded => impossible("Forwarding", event),
        Event::AnswerReady { .. } | Event::Switched | Event::Refused(_) => impossible("Forwarding", event),
    }
}

/// Only two things matter here: how much more comes, and whether it stops.
fn draining(left: usize, why: Reason, event: Event) -> (State, Action) {
    match event {
        Event::Read(bytes) if bytes < left => (State::Draining { left: left - bytes, why }, Action::Discard),
        Event::Read(_) | Event::TimedOut(Side::Client) | Event::Closed(Side::Client) => {
            (State::Closed(why), Action::Close)
        }
        Event::AnswerEnded | Event::BodyEnded | Event::StopAsked => (State::Draining { left, why }, Action::Discard),
        Event::HeadEnded { .. } | Event::AnswerReady { .. } | Event::Switched | Event::Refused(_) => {
            impossible("Draining", event)
        }
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Draining", event),
    }
}

/// Each side may end on its own, and the other one may go on sending: the end is passed on, and no more than that.
fn tunnel(open: Open, event: Event) -> (State, Action) {
    match event {
        // exercise: begin tunnel
        Event::Closed(side) => match open {
            Open::Both => (State::Tunnel { open: Open::Only(side.other()) }, Action::Finish(side.other())),
            Open::Only(last) if last == side => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(_) => impossible("Tunnel", event),
        },
        Event::TimedOut(_) => (State::Closed(Reason::Quiet), Action::Close),
        // exercise: stub
        // Event::Closed(_) | Event::TimedOut(_) => {
        //     todo!("pass the first end on and stay; close at the second end, and at a time-out; no side ends twice")
        // }
        // exercise: end
        Event::Read(_) | Event::StopAsked => (State::Tunnel { open }, Action::GoOn),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Tunnel", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Tunnel", event),
    }
}

/// The turns that are kept: all that are left when the connection can go on after this request, and none otherwise.
fn kept(after: u32, goes_on: bool) -> u32 {
    if goes_on { after } else { 0 }
}

/// The whole request was read, and the head of an answer is out.
fn begun(after: u32, delimited: bool) -> State {
    State::Forwarding { after, upgrade: false, answer: Answer::Begun { delimited } }
}

/// The last answer is out, whole.
fn finish(bounds: &Bounds) -> (State, Action) {
    (State::Draining { left: bounds.discard, why: Reason::Finished }, Action::Discard)
}

/// An answer of our own after which the connection ends: we cannot tell where the next request would begin.
fn refuse(status: u16, bounds: &Bounds) -> (State, Action) {
    let state = State::Draining { left: bounds.discard, why: Reason::Refused(status) };
    (state, Action::Refuse { status, keep: false })
}

/// An answer of our own in place of the upstream's. The request was read to its end, so the next one may follow.
fn stand_in(status: u16, after: u32) -> (State, Action) {
    (begun(after, true), Action::Refuse { status, keep: after > 0 })
}

/// The answer breaks off, and the client has to see that it does. Without a length or chunks it would take an
/// ordinary close for the end; whoever has gone itself needs no such sign.
fn broken(side: Side, delimited: bool) -> (State, Action) {
    let action = match side {
        Side::Upstream if !delimited => Action::Reset,
        Side::Upstream | Side::Client => Action::Abort,
    };
    (State::Closed(Reason::Broken(side)), action)
}

/// Nobody can get here with a correct proxy around the part. Should it be wrong, one connection pays for it.
fn impossible(state: &'static str, event: Event) -> (State, Action) {
    (State::Closed(Reason::Impossible { state, event }), Action::Close)
}
