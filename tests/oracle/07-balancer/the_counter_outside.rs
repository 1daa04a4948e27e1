//! The drill `the_counter_outside` before the oracle: the sum, and whether threads counted it.

use std::thread;

use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let count_faults: fn(&[Vec<u16>]) -> u64 = the_counter_outside::count_faults;
    match call {
        "Count" => {
            let status = |input: &mut Input<'_>| u16::try_from(input.number()).expect("the case maker sends statuses");
            let parts = input.list(|input| input.list(status));
            let before = started();
            let faults = count_faults(&parts);
            let others = started() - before - 1;
            format!("{faults}, a thread for each part: {}", others >= parts.len() as u64)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// How many threads this program has started, this one included: each has a number of its own, one more than the last.
fn started() -> u64 {
    let id = thread::spawn(|| format!("{:?}", thread::current().id())).join().expect("it only tells its number");
    id.trim_matches(|byte: char| !byte.is_ascii_digit()).parse().expect("a thread's id holds a number")
}
