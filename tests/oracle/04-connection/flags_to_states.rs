//! The drill `flags_to_states` before the oracle.

use flags_to_states::{Flags, State};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let state: fn(Flags) -> Option<State> = flags_to_states::state;
    match call {
        "Record" => {
            let (open, head_read, body_read) = (input.flag(), input.flag(), input.flag());
            let status = u16::try_from(input.number()).expect("the case maker sends statuses");
            match state(Flags { open, head_read, body_read, status }) {
                Some(State::Idle) => String::from("Idle"),
                Some(State::ReadingBody) => String::from("ReadingBody"),
                Some(State::Forwarding) => String::from("Forwarding"),
                Some(State::Answering { status }) => format!("Answering, status: {status}"),
                Some(State::Closed) => String::from("Closed"),
                None => String::from("None"),
            }
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
