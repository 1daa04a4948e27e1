//! One place left: a gate lets so many requests in at once, and two of them see the last place.
//!
//! No data race here, and no undefined behaviour: each `load` and each `fetch_add` is one step.
//! Two steps are two, and between them another thread may come. Whoever looks and then acts has looked too early.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Lets so many requests in at the same time. How many, an operator may change while the proxy runs.
#[derive(Default)]
pub struct Gate {
    taken: AtomicUsize,
}

impl Gate {
    /// A gate in which nobody is yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a place, if fewer are taken than `limit` says now, and tells whether it did.
    pub fn enter(&self, limit: &dyn Fn() -> usize) -> bool {
        // exercise: begin
        let one_more = |taken| if taken < limit() { Some(taken + 1) } else { None };
        self.taken.fetch_update(Relaxed, Relaxed, one_more).is_ok()
        // exercise: stub
        // if self.taken.load(Relaxed) < limit() {
        //     self.taken.fetch_add(1, Relaxed);
        //     return true;
        // }
        // false
        // exercise: end
    }

    /// Gives a place back. Only for who got one.
    pub fn leave(&self) {
        self.taken.fetch_sub(1, Relaxed);
    }

    /// How many places are taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Barrier, OnceLock};
    use std::thread;
    use std::time::{Duration, Instant};

    fn check<T: PartialEq + std::fmt::Debug>(input: &str, got: T, expected: T, why: &str) {
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn lets_in_as_many_as_there_are_places() {
        let gate = Gate::new();
        let got = [gate.enter(&|| 2), gate.enter(&|| 2), gate.enter(&|| 2)];
        check("2 places, 3 requests", got, [true, true, false], "the third finds no place");
        check("2 places, 3 requests: taken", gate.taken(), 2, "who was not let in takes no place");
    }

    #[test]
    fn a_place_that_was_given_back_can_be_taken() {
        let gate = Gate::new();
        gate.enter(&|| 1);
        gate.leave();
        check("1 place: in, out, in, in", [gate.enter(&|| 1), gate.enter(&|| 1)], [true, false], "it was free again");
        gate.leave();
        check("… and out", gate.taken(), 0, "all are gone");
    }

    #[test]
    fn the_limit_may_change() {
        let gate = Gate::new();
        let got = [gate.enter(&|| 0), gate.enter(&|| 1), gate.enter(&|| 1), gate.enter(&|| 2)];
        check("limits 0, 1, 1, 2", got, [false, true, false, true], "what counts is the limit now");
    }

    /// While this thread asks for the limit, another one comes, asks, and is done. Whether each of them is in.
    fn overtaken(gate: &Gate, places: usize) -> (bool, Option<bool>) {
        let other = OnceLock::new();
        let slow = || {
            other.get_or_init(|| thread::scope(|scope| scope.spawn(|| gate.enter(&|| places)).join().ok()));
            places
        };
        let first = gate.enter(&slow);
        (first, other.into_inner().flatten())
    }

    #[test]
    fn two_see_the_last_place_and_one_takes_it() {
        let gate = Gate::new();
        let why = "the other one came between the look and the step: look and take have to be one step";
        let got = overtaken(&gate, 1);
        check("1 place, a thread that looks, and another one that is faster", got, (false, Some(true)), why);
        check("1 place, taken by the faster one: taken", gate.taken(), 1, why);
    }

    #[test]
    fn two_free_places_are_enough_for_two() {
        let gate = Gate::new();
        let why = "the other one was faster, and a second place is free: look again";
        let got = overtaken(&gate, 2);
        check("2 places, a thread that looks, and another one that is faster", got, (true, Some(true)), why);
        check("2 places, both inside: taken", gate.taken(), 2, "each of them counts");
    }

    #[test]
    fn never_lets_in_one_too_many() {
        const THREADS: usize = 4;
        let (gate, inside, most) = (Gate::new(), AtomicUsize::new(0), AtomicUsize::new(0));
        // Until the place has gone round often enough; on one busy core that is rare: half a second will do.
        let until = Instant::now() + Duration::from_millis(500);
        let (start, last, changes) = (Barrier::new(THREADS), AtomicUsize::new(0), AtomicUsize::new(0));
        let limit = || {
            thread::yield_now();
            1
        };
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (gate, inside, most, start, last, changes) = (&gate, &inside, &most, &start, &last, &changes);
                scope.spawn(move || {
                    start.wait();
                    while most.load(Relaxed) < 2 && changes.load(Relaxed) < 2_000 && Instant::now() < until {
                        if gate.enter(&limit) {
                            most.fetch_max(inside.fetch_add(1, Relaxed) + 1, Relaxed);
                            changes.fetch_add(usize::from(last.swap(thread, Relaxed) != thread), Relaxed);
                            thread::yield_now();
                            inside.fetch_sub(1, Relaxed);
                            gate.leave();
                        }
                    }
                });
            }
        });
        let why = "two threads saw the same free place, and both took it: look and take have to be one step";
        check("1 place, 4 threads: the most that were inside at once", most.into_inner(), 1, why);
        check("1 place, 4 threads, all gone: taken", gate.taken(), 0, "every place was given back");
    }
}
