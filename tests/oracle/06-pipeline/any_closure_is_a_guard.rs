//! The drill `any_closure_is_a_guard` before the oracle.

use any_closure_is_a_guard::{Guard, Request, admit, site};
use oracle_support::{Input, answer_all};
use std::cell::Cell;

fn main() {
    answer_all(answer);
}

/// A function is a guard, too.
fn teapot(request: &Request) -> Option<u16> {
    (request.path == "/coffee").then_some(418)
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let admit: fn(&[Box<dyn Guard>], &Request) -> Option<u16> = admit;
    match call {
        "Site" => {
            let guards: Vec<Box<dyn Guard>> = site(input.text(), input.size());
            let request = Request { path: input.text(), fields: input.size() };
            let got: [Option<u16>; 2] = [admit(&guards, &request), admit(&guards, &request)];
            format!("{got:?}")
        }
        "Asked" => {
            let (from, status) = (input.size(), input.number() as u16);
            let asked = Cell::new(0);
            let guard = |request: &Request| {
                asked.set(asked.get() + 1);
                (request.fields >= from).then_some(status)
            };
            let request = Request { path: input.text(), fields: input.size() };
            let got: [Option<u16>; 2] = [Guard::check(&guard, &request), Guard::check(&teapot, &request)];
            format!("{got:?}, asked: {}", asked.get())
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
