//! The drill `hand_it_up` before the oracle. The type of `number` is the learner's choice, so only `limits` is pinned.

use std::num::ParseIntError;

use hand_it_up::Limits;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let limits: fn(&str, &str) -> Result<Limits, ParseIntError> = hand_it_up::limits;
    match call {
        "Read" => match limits(&input.text(), &input.text()) {
            Ok(Limits { rules, bytes }) => {
                let (rules, bytes): (usize, usize) = (rules, bytes);
                format!("{rules} rules, {bytes} bytes")
            }
            Err(error) => format!("{error:?}"),
        },
        other => unreachable!("the case maker has no call {other}"),
    }
}
