//! The drill `fit_for_dyn` before the oracle.

use fit_for_dyn::{All, Filter, Only, renew};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn told(filters: &[Box<dyn Filter>]) -> Vec<String> {
    filters.iter().map(|filter| filter.tell()).collect()
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let renew: fn(&[Box<dyn Filter>]) -> Vec<Box<dyn Filter>> = renew;
    match call {
        "Renew" => {
            let path_or_all = |input: &mut Input<'_>| -> Box<dyn Filter> {
                match input.text().as_str() {
                    "all" => Box::new(All { seen: 0 }),
                    path => Box::new(Only { path: String::from(path), seen: 0 }),
                }
            };
            let mut filters = input.list(path_or_all);
            let (before, after) = (input.list(Input::text), input.list(Input::text));
            before.iter().for_each(|path| filters.iter_mut().for_each(|filter| filter.see(path)));
            let mut renewed = renew(&filters);
            let fresh = told(&renewed);
            after.iter().for_each(|path| renewed.iter_mut().for_each(|filter| filter.see(path)));
            format!("fresh: {fresh:?}, later: {:?}, the old ones: {:?}", told(&renewed), told(&filters))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
