//! The drill `ok_around_it` before the oracle.

use ok_around_it::TooMany;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let room_left: fn(usize, usize) -> Result<usize, TooMany> = ok_around_it::room_left;
    match call {
        "RoomLeft" => match room_left(input.size(), input.size()) {
            Ok(room) => format!("room for {room}"),
            Err(TooMany { found, limit }) => {
                let (found, limit): (usize, usize) = (found, limit);
                format!("too many: {found} rules, limit {limit}")
            }
        },
        other => unreachable!("the case maker has no call {other}"),
    }
}
