//! The drill `one_place_left` before the oracle: requests in a given order, and one that is overtaken in the middle of `enter`.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use one_place_left::Gate;
use oracle_support::{Input, answer_all, overtake};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let new: fn() -> Gate = Gate::new;
    let enter: fn(&Gate, &dyn Fn() -> usize) -> bool = Gate::enter;
    match call {
        "Play" => {
            let (gate, places) = (new(), input.size());
            let mut inside = 0_u32;
            let steps = input.list(Input::flag).into_iter().map(|comes| {
                if comes {
                    let is_in = enter(&gate, &|| places);
                    inside += u32::from(is_in);
                    return if is_in { "in" } else { "refused" };
                }
                // Who is not inside has nothing to leave.
                if inside > 0 {
                    inside -= 1;
                    gate.leave();
                }
                "out"
            });
            format!("{}; taken: {}", steps.collect::<Vec<_>>().join(", "), gate.taken())
        }
        // While one asks for the limit, another one comes in: the first has looked, and takes nothing yet.
        "Overtaken" => {
            let (gate, places, others) = (new(), input.size(), input.size());
            let came = Cell::new(false);
            let limit = || {
                if !came.replace(true) {
                    (0..others).for_each(|_| _ = enter(&gate, &|| places));
                }
                places
            };
            let is_in = enter(&gate, &limit);
            format!("in: {is_in}; taken: {}", gate.taken())
        }
        "Race" => {
            let gate = new();
            // What the other thread takes, it keeps until the first one has seen that it did not get the same.
            let (kept, both) = (AtomicBool::new(false), AtomicBool::new(false));
            let keep = || kept.store(enter(&gate, &|| 1) || kept.load(SeqCst), SeqCst);
            let try_it = || {
                let is_in = enter(&gate, &|| 1);
                if kept.load(SeqCst) {
                    both.fetch_or(is_in, SeqCst);
                    kept.store(false, SeqCst);
                    gate.leave();
                }
                if is_in {
                    gate.leave();
                }
            };
            overtake(try_it, keep);
            if kept.into_inner() {
                gate.leave();
            }
            format!("two in one place: {both:?}; taken in the end: {}", gate.taken())
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
