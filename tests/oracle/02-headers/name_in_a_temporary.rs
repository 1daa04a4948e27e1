//! The drill `name_in_a_temporary` before the oracle. The type of the answer is the learner's work, so it is told.

use oracle_support::{Input, answer_all, listed};
use std::any::type_name_of_val;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let log_lines: fn(&[(&str, &str)]) -> Vec<String> = name_in_a_temporary::log_lines;
    match call {
        "LogName" => {
            let name = input.text();
            let got = name_in_a_temporary::log_name(&name);
            let (shown, kind): (&str, &str) = (got.as_ref(), type_name_of_val(&got));
            format!("{shown:?}, a {kind}")
        }
        "LogLines" => {
            let owned: Vec<(String, String)> = input.list(|input| (input.text(), input.text()));
            let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (&name[..], &value[..])).collect();
            listed(log_lines(&fields))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
