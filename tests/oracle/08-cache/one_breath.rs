//! The drill `one_breath` before the oracle. `let_go` is called whenever the lock is free: there, others come in.

use one_breath::{Admitted, Cache};
use oracle_support::{Input, answer_all, at_once, listed};
use std::cell::{Cell, RefCell};

thread_local! {
    /// How often the lock is let go before the others come in, and whether they come to ask or to land.
    static COMES: Cell<(u32, bool)> = const { Cell::new((0, false)) };
    /// What the other one was told.
    static OTHER: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn main() {
    answer_all(answer);
}

fn told(admitted: Admitted) -> String {
    match admitted {
        Admitted::Hit(page) => {
            let page: String = page;
            format!("Hit {page}")
        }
        Admitted::Fetch => String::from("Fetch"),
        Admitted::Wait => String::from("Wait"),
    }
}

/// The other one: asks for the same page, or lands it.
fn come_in(cache: &Cache) {
    let (left, lands) = COMES.get();
    COMES.set((left.saturating_sub(1), lands));
    if left == 1 {
        let what = if lands {
            cache.land("/menu", "soup");
            String::from("landed")
        } else {
            told(cache.admit("/menu"))
        };
        OTHER.set(Some(what));
    }
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Play" => {
            let steps = input.list(|input| (input.flag(), input.text()));
            at_once("admit", move || {
                let cache = Cache::default();
                listed(steps.into_iter().map(|(lands, path)| {
                    if lands {
                        cache.land(&path, "soup");
                        return String::from("landed");
                    }
                    told(cache.admit(&path))
                }))
            })
        }
        "Between" => {
            let (moment, lands) = (u32::try_from(input.number()).expect("a small number"), input.flag());
            at_once("admit", move || {
                let mut cache = Cache::default();
                if lands {
                    cache.with(|shard| shard.under_way.insert(String::from("/menu")));
                }
                cache.let_go = Some(come_in);
                COMES.set((moment, lands));
                let first = told(cache.admit("/menu"));
                COMES.set((0, lands));
                let other = OTHER.take().unwrap_or_else(|| String::from("came later"));
                let fetches = [&first, &other].iter().filter(|told| **told == "Fetch").count();
                if lands { format!("{first} while it lands, {fetches} fetches") } else { format!("{fetches} fetches") }
            })
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
