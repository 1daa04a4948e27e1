//! The drill `spans_do_not_pin` before the oracle.

use oracle_support::{Input, answer_all, largest_allocation, shown};
use spans_do_not_pin::{Head, Upstream};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let serve: fn(Head) -> (Upstream, Option<String>) = spans_do_not_pin::serve;
    match call {
        "Serve" => {
            let bytes: Vec<u8> = input.bytes();
            let (before, length) = (bytes.as_ptr(), bytes.len());
            let (largest, (upstream, failed)) = largest_allocation(|| serve(Head { bytes }));
            let Upstream { head: Head { bytes }, status } = upstream;
            // Of a request that went well nothing is copied, of one that failed less than the head.
            let copied = if status < 500 { largest > 0 } else { largest >= length };
            let same = bytes.as_ptr() == before;
            format!("{status}, log: {failed:?}, head: {}, the same: {same}, copied: {copied}", shown(&bytes))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
