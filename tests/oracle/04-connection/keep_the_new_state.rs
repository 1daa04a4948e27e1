//! The drill `keep_the_new_state` before the oracle.

use keep_the_new_state::{Conn, Event};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let live: fn(&[Event]) -> Conn = keep_the_new_state::live;
    match call {
        "Live" => {
            let events: Vec<Event> = input.list(|input| event(&input.text()));
            match live(&events) {
                Conn::Idle { answered } => format!("Idle, answered: {answered}"),
                Conn::Reading { answered, bytes } => format!("Reading, answered: {answered}, bytes: {bytes}"),
                Conn::Closed { answered } => format!("Closed, answered: {answered}"),
            }
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn event(words: &str) -> Event {
    match words.split_once(' ') {
        Some(("read", bytes)) => Event::Read(bytes.parse().expect("the case maker sends numbers")),
        _ if words == "answered" => Event::Answered,
        _ if words == "left" => Event::Left,
        _ => unreachable!("the case maker knows no event {words}"),
    }
}
