//! The drill `name_every_field` before the oracle.

use name_every_field::{Action, Event};
use oracle_support::{Input, answer_all, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let next: fn(Event) -> Action = name_every_field::next;
    match call {
        "HeadEnded" => {
            let (bodies, stays, waits) = (input.list(Input::flag), input.list(Input::flag), input.list(Input::flag));
            listed(bodies.into_iter().zip(stays).zip(waits).map(|((body, persistent), expects_continue)| {
                told(&next(Event::HeadEnded { body, persistent, expects_continue }))
            }))
        }
        "Left" => told(&next(Event::Left)),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// An action as words; the learner's own `Debug` is not asked.
fn told(action: &Action) -> String {
    match action {
        Action::Forward { keep } => format!("Forward, keep: {keep}"),
        Action::ReadBody { keep } => format!("ReadBody, keep: {keep}"),
        Action::SendContinue { keep } => format!("SendContinue, keep: {keep}"),
        Action::Close => String::from("Close"),
    }
}
