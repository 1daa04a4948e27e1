//! The drill `poison_is_a_mark` before the oracle. A worker dies at the place that the case names.

use oracle_support::{Input, answer_all, at_once, listed};
use poison_is_a_mark::Shelf;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let locked: for<'a> fn(&'a Mutex<Shelf>) -> MutexGuard<'a, Shelf> = poison_is_a_mark::locked;
    match call {
        "Workers" => {
            let workers = input.list(|input| (input.text(), input.flag()));
            at_once("locked", move || {
                let shelf = Mutex::new(Shelf::default());
                let mut told = Vec::new();
                for (page, dies) in workers {
                    // The workers lock without the learner's code, so that only what is asked for is judged.
                    _ = catch_unwind(AssertUnwindSafe(|| {
                        let mut shelf = shelf.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                        shelf.add(&page, |page| if dies { panic!("a worker dies, with the lock") } else { page.len() });
                    }));
                    let (pages, bytes): (Vec<String>, usize) = {
                        let shelf = locked(&shelf);
                        (shelf.pages.clone(), shelf.bytes)
                    };
                    told.push(format!("{} with {bytes} bytes, marked: {}", listed(pages), shelf.is_poisoned()));
                }
                listed(told)
            })
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
