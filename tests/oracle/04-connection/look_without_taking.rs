//! The drill `look_without_taking` before the oracle.

use look_without_taking::{Conn, Socket, Worker};
use oracle_support::{Input, answer_all, largest_allocation, shown};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let held: fn(&mut Worker) -> usize = look_without_taking::held;
    let conn = match call {
        "Reading" => Some(Conn::Reading { socket: Socket { client: input.text() }, head: input.bytes() }),
        "Idle" => Some(Conn::Idle { socket: Socket { client: input.text() } }),
        "Alone" => None,
        other => unreachable!("the case maker has no call {other}"),
    };
    let before = places(conn.as_ref());
    let mut worker = Worker { conn, asked: u32::try_from(input.number()).expect("the case maker sends small numbers") };
    let (largest, counted) = largest_allocation(|| held(&mut worker));
    let same = places(worker.conn.as_ref()) == before;
    let told = match &worker.conn {
        Some(Conn::Idle { socket: Socket { client } }) => format!("Idle with {client}"),
        Some(Conn::Reading { socket: Socket { client }, head }) => format!("Reading {} from {client}", shown(head)),
        None => String::from("no connection"),
    };
    format!("{counted} bytes, then {told}, asked: {}, the same: {same}, copied: {}", worker.asked, largest > 0)
}

/// Where the client's name and the head lie.
fn places(conn: Option<&Conn>) -> Option<(*const u8, Option<*const u8>)> {
    match conn? {
        Conn::Idle { socket: Socket { client } } => Some((client.as_ptr(), None)),
        Conn::Reading { socket: Socket { client }, head } => Some((client.as_ptr(), Some(head.as_ptr()))),
    }
}
