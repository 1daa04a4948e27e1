//! The drill `borrowed_rules` before the oracle.

use borrowed_rules::{Chain, Closed, Filter, chain};
use oracle_support::{Input, answer_all, largest_allocation};

fn main() {
    answer_all(answer);
}

/// A filter of ours, which borrows too: it refuses paths of one length.
struct Long<'l>(&'l usize);

impl Filter for Long<'_> {
    fn refuses(&self, path: &str) -> bool {
        path.len() == *self.0
    }
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let chain: for<'r> fn(&'r str) -> Chain<'r> = chain;
    let file = input.text();
    match call {
        "Refused" => {
            let (largest, rules) = largest_allocation(|| chain(&file));
            // Boxes and their list are small; who copies a long file asks for as many bytes as it has.
            let copied = file.len() > 4096 && largest >= file.len();
            let refused: Vec<Option<usize>> = input.list(|input| rules.refused_by(&input.text()));
            format!("{refused:?}, the file was copied: {copied}")
        }
        "Added" => {
            let (prefix, length) = (input.text(), input.size());
            let mut rules = chain(&file);
            rules.add(Closed { prefix: &prefix });
            rules.add(Long(&length));
            let refused: Vec<Option<usize>> = input.list(|input| rules.refused_by(&input.text()));
            format!("{refused:?}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
