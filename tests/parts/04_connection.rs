//! A client connects, asks, waits, asks again, and goes. Sometimes it falls silent, sends too much, or leaves in
//! the middle. At each moment the connection is in one state, and each event takes it to the next one.
//!
//! The steps below follow the connection's life. Each module is a step, the easiest case stands first, and a
//! failure prints the state, the event, what was expected and what your code gave.

use part_connection::State;
use std::num::NonZeroU32;
use wire::connection::{Action, Answer, Bounds, Event, Open, Reason, Side};

/// Three requests of at most 100 bytes, and 50 bytes that are thrown away at the end.
const BOUNDS: Bounds = Bounds { requests: NonZeroU32::new(3).unwrap(), head: 100, discard: 50 };

fn idle(turns: u32) -> State {
    State::Idle { turns: NonZeroU32::new(turns).expect("an idle connection has a turn left") }
}

fn reading_head(bytes: usize, after: u32) -> State {
    State::ReadingHead { bytes, after }
}

fn awaiting(after: u32, upgrade: bool) -> State {
    State::Forwarding { after, upgrade, answer: Answer::Awaited }
}

fn answering(after: u32, delimited: bool) -> State {
    State::Forwarding { after, upgrade: false, answer: Answer::Begun { delimited } }
}

fn tunnel(open: Open) -> State {
    State::Tunnel { open }
}

fn refused(status: u16) -> (State, Action) {
    (State::Draining { left: 50, why: Reason::Refused(status) }, Action::Refuse { status, keep: false })
}

/// A plain GET whose client stays.
const HEAD_ENDED: Event = Event::HeadEnded { body: false, persistent: true, upgrade: false };

/// One case: the step from a state by an event.
fn check(state: State, event: Event, expected: (State, Action), why: &str) {
    let before = format!("{state:?}");
    println!("{why}\nstate: {before}\nevent: {event:?}"); // should the step panic, this is still shown
    let got = state.step(event, &BOUNDS);
    assert!(got == expected, "{why}\nstate: {before}\nevent: {event:?}\nexpected: {expected:?}\ngot: {got:?}");
}

/// The event closes the connection, and the reason names both the state and the event.
fn check_impossible(state: impl Fn() -> State, name: &'static str, events: &[Event]) {
    for &event in events {
        let expected = (State::Closed(Reason::Impossible { state: name, event }), Action::Close);
        check(state(), event, expected, "what cannot happen here closes the connection and says what it was");
    }
}

/// The state after these events, and the last action.
fn after(events: &[Event]) -> (State, Action) {
    let start = (State::new(&BOUNDS), Action::GoOn);
    events.iter().fold(start, |(state, _), &event| state.step(event, &BOUNDS))
}

/// One story: a new connection, and where the events take it.
fn check_story(events: &[Event], expected: (State, Action), why: &str) {
    println!("{why}\nevents: {events:?}");
    let got = after(events);
    assert!(got == expected, "{why}\nevents: {events:?}\nexpected: {expected:?}\ngot: {got:?}");
}

mod step_1_idle {
    use super::*;

    #[test]
    fn the_first_bytes_begin_a_head() {
        check(idle(3), Event::Read(7), (reading_head(7, 2), Action::Read), "seven bytes of a head are there");
    }

    #[test]
    fn a_head_that_begins_takes_one_turn() {
        check(idle(1), Event::Read(7), (reading_head(7, 0), Action::Read), "this is the last request: none after it");
    }

    #[test]
    fn a_silent_client_is_closed_without_a_word() {
        let expected = (State::Closed(Reason::Quiet), Action::Close);
        let why = "nobody has asked anything, so there is nothing to answer";
        check(idle(3), Event::TimedOut(Side::Client), expected, why);
    }

    #[test]
    fn a_client_may_leave_between_two_requests() {
        let expected = (State::Closed(Reason::Left), Action::Close);
        check(idle(2), Event::Closed(Side::Client), expected, "to close an idle connection is no fault");
    }

    #[test]
    fn a_stop_closes_an_idle_connection_at_once() {
        let expected = (State::Closed(Reason::Stopped), Action::Close);
        check(idle(3), Event::StopAsked, expected, "nothing runs here, so there is nothing to finish");
    }

    #[test]
    fn an_idle_connection_has_no_request_that_could_end() {
        let upstreams = [Event::TimedOut(Side::Upstream), Event::Closed(Side::Upstream), Event::Switched];
        check_impossible(|| idle(3), "Idle", &[HEAD_ENDED, Event::BodyEnded, Event::AnswerEnded, Event::Refused(400)]);
        check_impossible(|| idle(3), "Idle", &[Event::AnswerReady { delimited: true }]);
        check_impossible(|| idle(3), "Idle", &upstreams);
    }

    #[test]
    fn a_closed_connection_stays_closed() {
        let events = [Event::Closed(Side::Client), Event::Read(7), Event::StopAsked];
        let expected = (State::Closed(Reason::Left), Action::Close);
        check_story(&events, expected, "the first reason stays, whatever comes after it");
    }
}

mod step_2_reading_head {
    use super::*;

    #[test]
    fn counts_the_bytes_of_a_head_in_crumbs() {
        check(reading_head(7, 2), Event::Read(5), (reading_head(12, 2), Action::Read), "7 bytes and 5 more are 12");
    }

    #[test]
    fn takes_a_head_that_just_fits() {
        check(reading_head(60, 2), Event::Read(40), (reading_head(100, 2), Action::Read), "100 bytes fit into 100");
    }

    #[test]
    fn refuses_a_head_that_is_too_long() {
        check(reading_head(60, 2), Event::Read(41), refused(431), "101 bytes do not fit into 100");
        check(reading_head(100, 2), Event::Read(usize::MAX), refused(431), "the sum of the bytes must not overflow");
    }

    #[test]
    fn a_whole_head_without_a_body_is_forwarded() {
        check(reading_head(60, 2), HEAD_ENDED, (awaiting(2, false), Action::Forward), "the request is all there");
    }

    #[test]
    fn a_head_with_a_body_is_forwarded_while_the_body_comes() {
        let event = Event::HeadEnded { body: true, persistent: true, upgrade: false };
        let expected = State::ReadingBody { after: 2, answer: Answer::Awaited };
        check(reading_head(60, 2), event, (expected, Action::Forward), "the body is still to come");
    }

    #[test]
    fn a_client_that_will_not_ask_again_has_no_turn_left() {
        for body in [false, true] {
            let event = Event::HeadEnded { body, persistent: false, upgrade: false };
            let answer = Answer::Awaited;
            let expected = if body { State::ReadingBody { after: 0, answer } } else { awaiting(0, false) };
            check(
                reading_head(60, 2),
                event,
                (expected, Action::Forward),
                "the client said close: none after this one",
            );
        }
    }

    #[test]
    fn remembers_that_the_client_asked_to_switch() {
        let event = Event::HeadEnded { body: false, persistent: true, upgrade: true };
        let why = "only this memory can tell an asked 101 from an unasked one";
        check(reading_head(60, 2), event, (awaiting(2, true), Action::Forward), why);
    }

    #[test]
    fn half_a_head_that_stays_half_is_a_408() {
        let story = [Event::Read(60), Event::TimedOut(Side::Client)];
        check_story(&story, refused(408), "a request has begun: it gets an answer");
    }

    #[test]
    fn half_a_head_at_the_end_is_a_400() {
        let story = [Event::Read(60), Event::Closed(Side::Client)];
        check_story(&story, refused(400), "half a request, and no more to come");
    }

    #[test]
    fn a_head_that_cannot_be_read_is_refused_as_asked() {
        for status in [400, 431, 505] {
            let story = [Event::Read(60), Event::Refused(status)];
            check_story(&story, refused(status), "the status comes with the event");
        }
    }

    #[test]
    fn a_stop_lets_the_request_come_and_takes_the_turns_after_it() {
        let expected = (reading_head(60, 0), Action::GoOn);
        check(reading_head(60, 2), Event::StopAsked, expected, "what has begun may end; nothing new may begin");
    }

    #[test]
    fn half_a_head_has_no_answer_that_could_end() {
        let early = [Event::BodyEnded, Event::AnswerEnded, Event::AnswerReady { delimited: true }, Event::Switched];
        let half = || after(&[Event::Read(60)]).0;
        check_impossible(half, "ReadingHead", &early);
        check_impossible(half, "ReadingHead", &[Event::TimedOut(Side::Upstream), Event::Closed(Side::Upstream)]);
    }

    #[test]
    fn after_a_refusal_so_many_bytes_are_thrown_away() {
        let story = [Event::Read(7), Event::Refused(400), Event::AnswerEnded];
        let expected = |left| (State::Draining { left, why: Reason::Refused(400) }, Action::Discard);
        check_story(&story, expected(50), "the answer is out; what still comes is thrown away");
        let story = [&story[..], &[Event::Read(20), Event::Read(29)]].concat();
        check_story(&story, expected(1), "49 of 50 bytes came");
        for last in [Event::Read(1), Event::TimedOut(Side::Client), Event::Closed(Side::Client)] {
            let story = [&story[..], &[last]].concat();
            let closed = (State::Closed(Reason::Refused(400)), Action::Close);
            check_story(&story, closed, "the client had its chance to read the answer");
        }
    }

    const BODY: [Event; 2] = [Event::Read(7), Event::HeadEnded { body: true, persistent: true, upgrade: false }];

    #[test]
    fn before_an_answer_whoever_is_at_fault_shows_in_the_status() {
        for (event, status) in [
            (Event::TimedOut(Side::Client), 408),
            (Event::Closed(Side::Client), 400),
            (Event::TimedOut(Side::Upstream), 504),
            (Event::Closed(Side::Upstream), 502),
            (Event::Switched, 502),
            (Event::Refused(400), 400),
        ] {
            let story = [&BODY[..], &[event]].concat();
            check_story(&story, refused(status), "nothing was sent yet, so an answer of ours can take its place");
        }
    }

    #[test]
    fn an_answer_before_the_end_of_the_body_is_the_last_one() {
        let story = [&BODY[..], &[Event::AnswerReady { delimited: true }]].concat();
        let answer = Answer::Begun { delimited: true };
        let expected = (State::ReadingBody { after: 0, answer }, Action::Answer { keep: false });
        check_story(&story, expected, "where the next request begins is known after the body only");
        let story = [&story[..], &[Event::AnswerEnded]].concat();
        let expected = (State::Draining { left: 50, why: Reason::Finished }, Action::Discard);
        check_story(&story, expected, "the rest of the body may still come");
    }

    #[test]
    fn a_body_that_has_ended_leaves_an_answer_to_wait_for() {
        let story = [&BODY[..], &[Event::Read(3), Event::BodyEnded]].concat();
        check_story(&story, (awaiting(2, false), Action::GoOn), "the whole request was read");
    }
}

mod step_3_answering {
    use super::*;

    fn finished() -> (State, Action) {
        (State::Draining { left: 50, why: Reason::Finished }, Action::Discard)
    }

    #[test]
    fn with_turns_left_the_connection_is_idle_again() {
        check(answering(2, true), Event::AnswerEnded, (idle(2), Action::Read), "two more requests may come");
    }

    #[test]
    fn without_a_turn_left_it_ends() {
        let why =
            "an idle connection has at least one turn; another request may be on its way, and a close would reset it";
        check(answering(0, true), Event::AnswerEnded, finished(), why);
    }

    #[test]
    fn a_stop_takes_the_turns_and_lets_the_answer_end() {
        let why = "the answer goes on as it was begun, and nothing comes after it";
        for delimited in [true, false] {
            check(answering(2, delimited), Event::StopAsked, (answering(0, delimited), Action::GoOn), why);
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_seen_by_its_missing_end() {
        for event in [Event::TimedOut(Side::Upstream), Event::Closed(Side::Upstream)] {
            let expected = (State::Closed(Reason::Broken(Side::Upstream)), Action::Abort);
            check(answering(2, true), event, expected, "the length or the last chunk is missing: the client can tell");
        }
    }

    #[test]
    fn an_answer_that_only_a_close_could_end_is_reset() {
        for event in [Event::TimedOut(Side::Upstream), Event::Closed(Side::Upstream)] {
            let expected = (State::Closed(Reason::Broken(Side::Upstream)), Action::Reset);
            check(answering(0, false), event, expected, "after an ordinary close this answer would look whole");
        }
    }

    #[test]
    fn a_client_that_is_gone_needs_no_more() {
        for (event, delimited) in [(Event::TimedOut(Side::Client), true), (Event::Closed(Side::Client), false)] {
            let expected = (State::Closed(Reason::Broken(Side::Client)), Action::Abort);
            check(answering(2, delimited), event, expected, "nobody is there to read the rest");
        }
    }

    #[test]
    fn an_answer_is_never_followed_by_another_one() {
        let ready = Event::AnswerReady { delimited: true };
        let begun = || after(&[Event::Read(7), HEAD_ENDED, ready]).0;
        check_impossible(begun, "Forwarding", &[ready, Event::Refused(502), Event::Switched]);
        check_impossible(begun, "Forwarding", &[Event::Read(7), HEAD_ENDED, Event::BodyEnded]);
    }

    #[test]
    fn three_requests_and_no_more() {
        let round = [Event::Read(7), HEAD_ENDED, Event::AnswerReady { delimited: true }, Event::AnswerEnded];
        for (rounds, expected) in [(1, (idle(2), Action::Read)), (2, (idle(1), Action::Read)), (3, finished())] {
            check_story(&round.repeat(rounds), expected, "the bound is three requests");
        }
        let third = [&round.repeat(2)[..], &round[..3]].concat();
        check_story(&third, (answering(0, true), Action::Answer { keep: false }), "the last answer says so");
    }

    #[test]
    fn an_answer_of_our_own_leaves_a_whole_request_s_connection_open() {
        let failures = [
            (Event::Closed(Side::Upstream), 502),
            (Event::TimedOut(Side::Upstream), 504),
            (Event::Switched, 502),
            (Event::Refused(503), 503),
        ];
        for (event, status) in failures {
            let story = [Event::Read(7), HEAD_ENDED, event];
            let expected = (answering(2, true), Action::Refuse { status, keep: true });
            check_story(&story, expected, "the upstream failed, and the client's next request is not in doubt");
            let story = [&story[..], &[Event::AnswerEnded]].concat();
            check_story(&story, (idle(2), Action::Read), "and the next request may come");
        }
    }

    #[test]
    fn an_answer_that_ends_with_the_connection_ends_it() {
        let story = [Event::Read(7), HEAD_ENDED, Event::AnswerReady { delimited: false }];
        check_story(&story, (answering(0, false), Action::Answer { keep: false }), "the close is the end of the body");
        check_story(&[&story[..], &[Event::AnswerEnded]].concat(), finished(), "and then it is whole");
    }

    #[test]
    fn an_early_answer_and_a_body_that_ends_after_it() {
        let story = [
            Event::Read(7),
            Event::HeadEnded { body: true, persistent: true, upgrade: false },
            Event::AnswerReady { delimited: true },
            Event::BodyEnded,
            Event::AnswerEnded,
        ];
        check_story(&story, finished(), "the head has said that the connection closes, so it does");
    }

    #[test]
    fn an_answer_of_our_own_to_the_last_request_says_that_it_is_the_last() {
        let head = Event::HeadEnded { body: false, persistent: false, upgrade: false };
        let expected = (answering(0, true), Action::Refuse { status: 502, keep: false });
        check_story(&[Event::Read(7), head, Event::Refused(502)], expected, "the client said close, and we say it too");
    }

    #[test]
    fn a_stop_while_a_request_runs_lets_it_run() {
        let with_body = Event::HeadEnded { body: true, persistent: true, upgrade: false };
        let reading = State::ReadingBody { after: 0, answer: Answer::Awaited };
        check_story(&[Event::Read(7), with_body, Event::StopAsked], (reading, Action::GoOn), "its body may come");
        check_story(
            &[Event::Read(7), HEAD_ENDED, Event::StopAsked],
            (awaiting(0, false), Action::GoOn),
            "and its answer",
        );
        let story = [Event::Read(7), with_body, Event::Read(9)];
        let reading = State::ReadingBody { after: 2, answer: Answer::Awaited };
        check_story(&story, (reading, Action::GoOn), "more of the body changes nothing");
    }

    #[test]
    fn a_stop_while_the_answer_is_awaited_makes_it_the_last() {
        let ready = Event::AnswerReady { delimited: true };
        let story = [Event::Read(7), HEAD_ENDED, Event::StopAsked, ready, Event::AnswerEnded];
        check_story(&story[..4], (answering(0, true), Action::Answer { keep: false }), "the head says close");
        check_story(&story, finished(), "the request is answered, and nothing new begins");
    }
}

mod step_4_tunnel {
    use super::*;

    fn closed() -> (State, Action) {
        (State::Closed(Reason::Finished), Action::Close)
    }

    #[test]
    fn the_first_end_is_passed_on_to_the_other_side() {
        for (side, other) in [(Side::Client, Side::Upstream), (Side::Upstream, Side::Client)] {
            let expected = (tunnel(Open::Only(other)), Action::Finish(other));
            check(tunnel(Open::Both), Event::Closed(side), expected, "one side has ended; the other may still send");
        }
    }

    #[test]
    fn the_second_end_closes_it() {
        for side in [Side::Client, Side::Upstream] {
            check(tunnel(Open::Only(side)), Event::Closed(side), closed(), "no side is left that sends");
        }
    }

    #[test]
    fn silence_closes_it_whole_or_half() {
        for open in [Open::Both, Open::Only(Side::Client), Open::Only(Side::Upstream)] {
            for side in [Side::Client, Side::Upstream] {
                let expected = (State::Closed(Reason::Quiet), Action::Close);
                check(tunnel(open), Event::TimedOut(side), expected, "nothing moves, and nobody waits for an answer");
            }
        }
    }

    #[test]
    fn bytes_and_a_stop_change_nothing() {
        for event in [Event::Read(7), Event::StopAsked] {
            for side in [Side::Client, Side::Upstream] {
                let (half, _) = tunnel(Open::Both).step(Event::Closed(side), &BOUNDS);
                let expected = (tunnel(Open::Only(side.other())), Action::GoOn);
                check(half, event, expected, "what runs may end in its own time");
            }
            check(tunnel(Open::Both), event, (tunnel(Open::Both), Action::GoOn), "and so may a whole one");
        }
    }

    #[test]
    fn no_side_ends_twice_and_no_http_happens_here() {
        for side in [Side::Client, Side::Upstream] {
            check_impossible(|| tunnel(Open::Only(side)), "Tunnel", &[Event::Closed(side.other())]);
        }
        let http = [HEAD_ENDED, Event::BodyEnded, Event::AnswerReady { delimited: true }, Event::AnswerEnded];
        check_impossible(|| tunnel(Open::Both), "Tunnel", &http);
        check_impossible(|| tunnel(Open::Only(Side::Client)), "Tunnel", &[Event::Switched, Event::Refused(400)]);
    }

    #[test]
    fn only_an_asked_101_opens_one() {
        let head = |upgrade| Event::HeadEnded { body: false, persistent: true, upgrade };
        let asked = [Event::Read(7), head(true), Event::Switched];
        check_story(&asked, (tunnel(Open::Both), Action::Tunnel), "the client asked, the upstream agreed");
        let ended = [&asked[..], &[Event::Closed(Side::Client), Event::Closed(Side::Upstream)]].concat();
        check_story(&ended, closed(), "both sides have ended");
    }

    #[test]
    fn a_wish_that_is_not_granted_leaves_an_ordinary_request() {
        let head = Event::HeadEnded { body: false, persistent: true, upgrade: true };
        let story = [Event::Read(7), head, Event::AnswerReady { delimited: true }];
        check_story(&story, (answering(2, true), Action::Answer { keep: true }), "the upstream answered as usual");
        let again = [&story[..], &[Event::AnswerEnded, Event::Closed(Side::Client)]].concat();
        check_story(&again, (State::Closed(Reason::Left), Action::Close), "and the connection was idle again");
        let stopped = [Event::Read(7), head, Event::StopAsked, Event::Switched, Event::TimedOut(Side::Client)];
        check_story(&stopped, (State::Closed(Reason::Quiet), Action::Close), "a stop does not forget the wish");
    }
}
