//! The drill `evict_the_dead` before the oracle: who stayed, in which order, and how many went.

use evict_the_dead::Conn;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let evict: fn(&mut Vec<Conn>) -> usize = evict_the_dead::evict;
    match call {
        "Evict" => {
            let mut idle: Vec<Conn> =
                (0..).zip(input.list(Input::flag)).map(|(id, alive)| Conn { id, alive }).collect();
            let count: usize = evict(&mut idle);
            let stayed: Vec<(u32, bool)> = idle.iter().map(|&Conn { id, alive }| (id, alive)).collect();
            format!("{count} were dead, these stay: {stayed:?}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
