//! The drill `not_yours_to_write` before the oracle.

use not_yours_to_write::{FilterCount, page};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let page: fn(Vec<FilterCount>) -> String = page;
    match call {
        "Page" => {
            page(input.list(|input| FilterCount { name: input.text(), ran: input.wide(), skipped: input.wide() }))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
