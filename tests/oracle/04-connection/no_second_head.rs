//! The drill `no_second_head` before the oracle. What must not compile is asked by the probes beside the cases.

use no_second_head::{Begun, Fresh, Wire};
use oracle_support::{Input, answer_all, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let head: fn(Fresh, u16) -> Begun = Fresh::head;
    let body: fn(Begun, &str) -> Begun = Begun::body;
    let end: fn(Begun) -> Wire = Begun::end;
    match call {
        "Answers" => {
            let (statuses, counts) = (input.list(Input::size), input.list(Input::size));
            let mut pieces = input.list(Input::text).into_iter();
            let mut wire = Wire { lines: Vec::new() };
            for (status, count) in statuses.into_iter().zip(counts) {
                let status = u16::try_from(status).expect("the case maker sends statuses");
                let begun = head(Fresh::new(wire), status);
                wire = end(pieces.by_ref().take(count).fold(begun, |begun, piece| body(begun, &piece)));
            }
            listed(wire.lines)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
