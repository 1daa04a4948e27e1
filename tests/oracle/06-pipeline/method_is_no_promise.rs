//! The drill `method_is_no_promise` before the oracle.

use method_is_no_promise::{Blocking, Guard, Request, admit, serve};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

/// The promise by itself: what the guard says, and what it is called.
fn asked(guard: &impl Guard, request: &Request) -> (Option<u16>, &'static str) {
    (guard.check(request), guard.name())
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let admit: fn(&Blocking, &Request) -> String = admit;
    let serve: fn(&str) -> String = serve;
    match call {
        "Serve" => serve(&input.text()),
        "Admit" => {
            let guard = Blocking { prefix: input.text(), status: input.number() as u16 };
            let request = Request { path: input.text() };
            let (status, name): (Option<u16>, &'static str) = asked(&guard, &request);
            format!("{}, by {name}: {status:?}", admit(&guard, &request))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
