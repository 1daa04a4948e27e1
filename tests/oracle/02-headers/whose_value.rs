//! The drill `whose_value` before the oracle. Its lifetimes are the learner's work, so a probe judges them, not a pin.

use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "ValueOf" => {
            let (line, name): (String, String) = (input.text(), input.text());
            let value: Option<&str> = whose_value::value_of(&line, &name);
            let inside = value.is_none_or(|value| line.as_bytes().as_ptr_range().contains(&value.as_ptr()));
            // An empty value may stand one past the last byte of the line, so it has no place.
            let lent = inside || value.is_some_and(str::is_empty);
            format!("{value:?}, a piece of the line: {lent}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
