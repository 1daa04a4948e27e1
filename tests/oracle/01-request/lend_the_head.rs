//! The drill `lend_the_head` before the oracle. The type of `size` is the learner's choice, so only `accept` is pinned.

use lend_the_head::Head;
use oracle_support::{Input, answer_all, largest_allocation, shown};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let accept: fn(Head) -> (usize, Head) = lend_the_head::accept;
    match call {
        "Accept" => {
            let bytes: Vec<u8> = input.bytes();
            let (before, length) = (bytes.as_ptr(), bytes.len());
            let (largest, (counted, head)) = largest_allocation(|| accept(Head { bytes }));
            let bytes: Vec<u8> = head.bytes;
            let (same, copied) = (bytes.as_ptr() == before, length > 0 && largest >= length);
            format!("{counted} bytes: {}, the same: {same}, a copy was made: {copied}", shown(&bytes))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
