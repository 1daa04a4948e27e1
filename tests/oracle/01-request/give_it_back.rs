//! The drill `give_it_back` before the oracle.

use give_it_back::Step;
use oracle_support::{Input, answer_all, largest_allocation, shown};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let look: fn(Vec<u8>) -> Step = give_it_back::look;
    match call {
        "Look" => {
            let buffer = input.bytes();
            let (before, length) = (buffer.as_ptr(), buffer.len());
            let (largest, step) = largest_allocation(|| look(buffer));
            let copied = length > 0 && largest >= length;
            let (told, buffer): (String, Vec<u8>) = match step {
                Step::More(buffer) => (String::from("More"), buffer),
                Step::Done { buffer, line } => (format!("Done, line: {line}"), buffer),
            };
            let same = buffer.as_ptr() == before;
            format!("{told}, buffer: {}, the same: {same}, a copy was made: {copied}", shown(&buffer))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
