//! The drill `the_log_ends` before the oracle.

use oracle_support::{Input, answer_all, at_once, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let serve: fn(Vec<Vec<String>>) -> Vec<String> = the_log_ends::serve;
    match call {
        "Serve" => {
            let workers = input.list(|input| input.list(Input::text));
            listed(at_once("the log", move || serve(workers)))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
