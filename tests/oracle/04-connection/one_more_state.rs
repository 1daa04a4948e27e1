//! The drill `one_more_state` before the oracle.

use one_more_state::Conn;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let shown: fn(&Conn) -> String = one_more_state::shown;
    let may_close_now: fn(&Conn) -> bool = one_more_state::may_close_now;
    let conn = match call {
        "Quiet" if input.flag() => Conn::Closed,
        "Quiet" => Conn::Idle,
        "Reading" => Conn::Reading { bytes: input.size() },
        "Forwarding" => Conn::Forwarding { upstream: input.text() },
        "Draining" => Conn::Draining { left: input.size() },
        other => unreachable!("the case maker has no call {other}"),
    };
    let words: String = shown(&conn);
    format!("{words:?}, may be closed: {}", may_close_now(&conn))
}
