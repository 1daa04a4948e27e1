//! The drill `out_of_the_option` before the oracle.

use oracle_support::{Input, answer_all, listed};
use out_of_the_option::{Conn, Upstream};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let finish: fn(&mut Conn, &mut Vec<Upstream>) -> bool = out_of_the_option::finish;
    match call {
        "Finish" => {
            let mut conn = Conn { upstream: input.option(Input::text).map(|address| Upstream { address }) };
            let mut pool: Vec<Upstream> = input.list(|input| Upstream { address: input.text() });
            let before = conn.upstream.as_ref().map(|upstream| upstream.address.as_ptr());
            let was_there = finish(&mut conn, &mut pool);
            let left = conn.upstream.is_some();
            let moved = before.is_none_or(|before| pool.iter().any(|upstream| upstream.address.as_ptr() == before));
            // Where in the pool it lies is the learner's choice.
            let mut addresses: Vec<String> = pool.into_iter().map(|upstream| upstream.address).collect();
            addresses.sort();
            format!("{was_there}, left behind: {left}, pool: {}, the same: {moved}", listed(addresses))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
