//! The drill `lock_in_the_match` before the oracle.

use oracle_support::{Input, answer_all, at_once};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let visit: fn(&Mutex<HashMap<String, u32>>, &str) -> u32 = lock_in_the_match::visit;
    match call {
        "Visits" => {
            let paths = input.list(Input::text);
            let (told, visits) = at_once("visit", move || {
                let visits = Mutex::new(HashMap::new());
                let told: Vec<u32> = paths.iter().map(|path| visit(&visits, path)).collect();
                (told, visits)
            });
            match visits.try_lock() {
                Ok(visits) => format!("{told:?}, counted: {:?}", visits.iter().collect::<BTreeMap<_, _>>()),
                Err(_) => format!("{told:?}, and the lock is not free"),
            }
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
