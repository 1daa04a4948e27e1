//! The drill `getter_borrows_all` before the oracle.

use getter_borrows_all::{Conn, Line, State};
use oracle_support::{Input, answer_all, largest_allocation, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let advance: fn(&mut Conn) = getter_borrows_all::advance;
    match call {
        "Advance" => {
            let buffer: Vec<Line> = input.list(|input| Line { text: input.text() });
            let (lines, complete) = (input.size(), input.flag());
            let state = if complete { State::Complete { lines } } else { State::ReadingHead { lines } };
            let mut conn = Conn { buffer, state };
            let (largest, ()) = largest_allocation(|| advance(&mut conn));
            let state = match conn.state {
                State::ReadingHead { lines } => format!("ReadingHead, lines: {lines}"),
                State::Complete { lines } => format!("Complete, lines: {lines}"),
            };
            let left = listed(conn.buffer.into_iter().map(|line| line.text));
            format!("{state}, in the buffer: {left}, something was copied: {}", largest > 0)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
