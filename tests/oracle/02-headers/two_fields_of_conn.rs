//! The drill `two_fields_of_conn` before the oracle: totals, the buffer's address, and every copy of a head.

use oracle_support::{Input, answer_all, largest_allocation, shown};
use two_fields_of_conn::{Conn, Totals};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let count: fn(&mut Conn) = Conn::count;
    match call {
        "Count" => {
            let (buffer, end): (Vec<u8>, usize) = (input.bytes(), input.size());
            let totals = Totals { heads: 7, bytes: input.size(), longest: input.size() };
            let before = buffer.as_ptr();
            let mut conn = Conn { buffer, end, totals };
            let (largest, ()) = largest_allocation(|| count(&mut conn));
            let Conn { buffer, end, totals: Totals { heads, bytes, longest } } = conn;
            let (heads, bytes, longest): (u32, usize, usize) = (heads, bytes, longest);
            let same = buffer.as_ptr() == before;
            format!(
                "{heads} heads, {bytes} bytes, longest {longest}, buffer: {} up to {end}, the same: {same}, copied: {}",
                shown(&buffer),
                largest > 0
            )
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
