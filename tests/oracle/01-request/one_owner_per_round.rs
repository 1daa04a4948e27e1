//! The drill `one_owner_per_round` before the oracle.

use one_owner_per_round::{Head, Offer, Upstream};
use oracle_support::{Input, answer_all, largest_allocation};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let send: fn(Head, &[Upstream]) -> Offer = one_owner_per_round::send;
    match call {
        "Send" => {
            let path: String = input.text();
            let upstreams: Vec<Upstream> = input.list(|input| Upstream { name: input.text(), up: input.flag() });
            let (before, length) = (path.as_ptr(), path.len());
            let (largest, offer) = largest_allocation(|| send(Head { path }, &upstreams));
            let (told, head) = match offer {
                Offer::Sent { to, head } => (format!("sent to {to:?}"), head),
                Offer::Refused(head) => (String::from("refused"), head),
            };
            let path: String = head.path;
            // The name of an upstream is shorter than each path of the case maker.
            let (same, copied) = (path.as_ptr() == before, largest >= length);
            format!("{told}, path: {path:?}, the same: {same}, a copy was made: {copied}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
