//! The drill `name_the_guard` before the oracle.

use oracle_support::{Input, answer_all, at_once};
use std::sync::Mutex;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let newest: fn(&Mutex<Vec<String>>) -> Option<(usize, bool)> = name_the_guard::newest;
    match call {
        "Newest" => {
            let log = Mutex::new(input.list(Input::text));
            let (told, log) = at_once("newest", move || {
                let told = newest(&log);
                (told, log)
            });
            // A lock that was never let go stays locked.
            let free = log.try_lock().is_ok();
            format!("{told:?}, the lock is free: {free}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
