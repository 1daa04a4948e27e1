//! The drill `match_moves_the_payload` before the oracle.

use match_moves_the_payload::{Buffer, Conn};
use oracle_support::{Input, answer_all, largest_allocation, shown};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let measure: fn(Conn) -> (usize, Conn) = match_moves_the_payload::measure;
    let conn = match call {
        "Reading" => Conn::Reading(Buffer { bytes: input.bytes() }),
        "Forwarding" => Conn::Forwarding { head: Buffer { bytes: input.bytes() }, left: input.size() },
        "Closed" => Conn::Closed,
        other => unreachable!("the case maker has no call {other}"),
    };
    let (before, length) = match &conn {
        Conn::Reading(buffer) | Conn::Forwarding { head: buffer, .. } => (buffer.bytes.as_ptr(), buffer.bytes.len()),
        Conn::Closed => (std::ptr::null(), 0),
    };
    let (largest, (held, conn)) = largest_allocation(|| measure(conn));
    let copied = length > 0 && largest >= length;
    let told = match conn {
        Conn::Reading(Buffer { bytes }) => format!("Reading {}, the same: {}", shown(&bytes), bytes.as_ptr() == before),
        Conn::Forwarding { head: Buffer { bytes }, left } => {
            format!("Forwarding {}, {left} left, the same: {}", shown(&bytes), bytes.as_ptr() == before)
        }
        Conn::Closed => String::from("Closed"),
    };
    format!("{held} bytes in {told}, a copy was made: {copied}")
}
