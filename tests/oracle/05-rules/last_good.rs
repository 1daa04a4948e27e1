//! The drill `last_good` before the oracle.

use last_good::{FileError, Service};
use oracle_support::{Input, answer_all, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let follow: fn(&mut Service, &[&str]) -> Vec<usize> = Service::follow;
    match call {
        "Follow" => {
            let (limit, rules, files) = (input.size(), input.list(Input::text), input.list(Input::text));
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            let mut service = Service { limit, rules, refused: Vec::new() };
            let in_force = follow(&mut service, &files);
            let (rules, refused): (Vec<String>, Vec<FileError>) = (service.rules, service.refused);
            format!("{in_force:?} rules; at the end {}, refused {}", listed(rules), listed(refused.iter().map(told)))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn told(error: &FileError) -> String {
    match *error {
        FileError::TooMany { limit } => {
            let limit: usize = limit;
            format!("more than {limit}")
        }
        FileError::NoPath { line } => {
            let line: usize = line;
            format!("line {line}")
        }
    }
}
