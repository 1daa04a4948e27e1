//! The drill `skipped_and_counted` before the oracle.

use oracle_support::{Input, answer_all};
use skipped_and_counted::{Counted, Filter, OldMenu, Request, Via};

fn main() {
    answer_all(answer);
}

/// A filter of ours: it applies to paths of one length, and makes them longer by one.
struct Lengthen(usize);

impl Filter for Lengthen {
    fn applies(&self, request: &Request) -> bool {
        request.path.len() == self.0
    }

    fn run(&self, request: &mut Request) {
        request.path.push('+');
    }
}

fn pass<F: Filter>(filter: F, paths: Vec<String>) -> String {
    let pass: fn(&mut Counted<F>, &mut Request) = Counted::pass;
    let mut counted = Counted::new(filter);
    let mut told = String::new();
    for path in paths {
        let mut request = Request { path, fields: Vec::new() };
        pass(&mut counted, &mut request);
        let Request { path, fields }: Request = request;
        told += &format!("{path:?} with {fields:?}; ");
    }
    format!("{told}ran {}, skipped {}", counted.ran, counted.skipped)
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "OfAll" => pass(Via, input.list(Input::text)),
        "OfOldMenu" => pass(OldMenu, input.list(Input::text)),
        "OfLength" => {
            let length = input.size();
            pass(Lengthen(length), input.list(Input::text))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
