//! The drill `one_list_for_all` before the oracle.

use one_list_for_all::chain;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Run" => {
            let words = input.list(Input::text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let path = input.text();
            // The type of the chain is the learner's to choose, so only what it gives is pinned.
            let chain = chain(&words);
            let got: [String; 2] = [chain.run(&path), chain.run(&path)];
            format!("{got:?}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
