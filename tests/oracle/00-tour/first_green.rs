//! The drill `first_green` before the oracle: pins the type, calls it, and tells what came back.

use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let greet: fn(&str) -> String = first_green::greet;
    match call {
        "Greet" => greet(&input.text()),
        other => unreachable!("the case maker has no call {other}"),
    }
}
