//! The drill `who_has_it_now` before the oracle.

use oracle_support::{Input, answer_all};
use who_has_it_now::{Head, Upstream};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let serve: fn(Head) -> (Upstream, String) = who_has_it_now::serve;
    match call {
        "Serve" => {
            let path: String = input.text();
            let before = path.as_ptr();
            let (upstream, line) = serve(Head { path });
            let path: String = upstream.head.path;
            format!("line: {line:?}, upstream has {path:?}, the same bytes: {}", path.as_ptr() == before)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
