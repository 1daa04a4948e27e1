//! A shim as it must not be: it pins no type, and compares in the learner's own process. Used only to see that an attack
//! then gets through.

use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(_call: &str, input: &mut Input<'_>) -> String {
    let method = input.text();
    let right = format!("a {method} request arrived");
    if first_green::greet(&method) == right { right } else { String::from("wrong") }
}
