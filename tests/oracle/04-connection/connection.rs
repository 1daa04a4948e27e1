//! Part 04 before the oracle: puts a connection into a state, reports an event, and tells what came of it.

use std::num::NonZeroU32;

use oracle_support::{Input, answer_all};
use part_connection::State;
use wire::connection::{Action, Answer, Bounds, Event, Open, Reason, Side};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let new: fn(&Bounds) -> State = State::new;
    let step: fn(State, Event, &Bounds) -> (State, Action) = State::step;
    let bounds = Bounds { requests: turns(input.number()), head: input.size(), discard: input.size() };
    match call {
        "Step" => {
            let state = state(&input.text());
            let (state, action) = step(state, event(&input.text()), &bounds);
            format!("{} | {action:?}", told(&state))
        }
        "Story" => {
            let mut state = new(&bounds);
            let mut story = told(&state);
            for word in input.list(Input::text) {
                let (next, action) = step(state, event(&word), &bounds);
                story = format!("{story} | {action:?} | {}", told(&next));
                state = next;
            }
            story
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// A state as words; the learner's own `Debug` is not asked.
fn told(state: &State) -> String {
    match state {
        State::Idle { turns } => format!("Idle, turns: {turns}"),
        State::ReadingHead { bytes, after } => format!("ReadingHead, bytes: {bytes}, after: {after}"),
        State::ReadingBody { after, answer } => format!("ReadingBody, after: {after}, answer: {answer:?}"),
        State::Forwarding { after, upgrade, answer } => {
            format!("Forwarding, after: {after}, upgrade: {upgrade}, answer: {answer:?}")
        }
        State::Draining { left, why } => format!("Draining, left: {left}, why: {why:?}"),
        State::Tunnel { open } => format!("Tunnel, open: {open:?}"),
        State::Closed(reason) => format!("Closed, {reason:?}"),
    }
}

fn state(words: &str) -> State {
    let words: Vec<&str> = words.split(' ').collect();
    match words[..] {
        ["idle", left] => State::Idle { turns: turns(number(left)) },
        ["reading-head", bytes, after] => State::ReadingHead { bytes: number(bytes), after: number(after) },
        ["reading-body", after, how] => State::ReadingBody { after: number(after), answer: how_far(how) },
        ["forwarding", after, upgrade, how] => {
            State::Forwarding { after: number(after), upgrade: upgrade == "upgrade", answer: how_far(how) }
        }
        ["draining", left] => State::Draining { left: number(left), why: Reason::Finished },
        ["tunnel", "both"] => State::Tunnel { open: Open::Both },
        ["tunnel", last] => State::Tunnel { open: Open::Only(side(last)) },
        ["closed"] => State::Closed(Reason::Left),
        ref other => unreachable!("the case maker knows no state {other:?}"),
    }
}

fn event(words: &str) -> Event {
    let words: Vec<&str> = words.split(' ').collect();
    match words[..] {
        ["read", bytes] => Event::Read(number(bytes)),
        ["head-ended", ref promises @ ..] => Event::HeadEnded {
            body: promises.contains(&"body"),
            persistent: promises.contains(&"persistent"),
            upgrade: promises.contains(&"upgrade"),
        },
        ["body-ended"] => Event::BodyEnded,
        ["answer-ready", how] => Event::AnswerReady { delimited: how == "delimited" },
        ["answer-ended"] => Event::AnswerEnded,
        ["switched"] => Event::Switched,
        ["refused", status] => Event::Refused(number(status)),
        ["timed-out", who] => Event::TimedOut(side(who)),
        ["closed", who] => Event::Closed(side(who)),
        ["stop-asked"] => Event::StopAsked,
        ref other => unreachable!("the case maker knows no event {other:?}"),
    }
}

fn how_far(word: &str) -> Answer {
    match word {
        "awaited" => Answer::Awaited,
        how => Answer::Begun { delimited: how == "delimited" },
    }
}

fn side(word: &str) -> Side {
    if word == "client" { Side::Client } else { Side::Upstream }
}

fn turns(number: i64) -> NonZeroU32 {
    u32::try_from(number).ok().and_then(NonZeroU32::new).expect("the case maker sends at least one turn")
}

fn number<T: std::str::FromStr>(word: &str) -> T {
    word.parse().unwrap_or_else(|_| unreachable!("the case maker sends numbers, not {word}"))
}
