//! Part 11 under loom: every interleaving of connections that come and go with a stop that begins.
//!
//! This is the part's own source, compiled with loom's `Arc` and `Mutex` in the place of std's. tokio's channels are
//! not: loom lets one thread run at a time, so each call of them is one step here. (tokio models them itself.)

// The name `std` means loom below: what the part takes from `std` is what loom watches.
extern crate loom as std;

#[expect(dead_code, unreachable_pub, reason = "a crate of its own elsewhere; a model uses what it is about")]
#[path = "../../solutions/11-drain/src/lib.rs"]
mod part;

use core::future::{pending, ready};
use core::sync::atomic::{AtomicUsize, Ordering};
use loom::future::block_on;
use loom::sync::Arc;
use loom::thread;
use part::{Gate, gate};
use wire::drain::Drained;

/// What a connection does: it comes in if it may, runs for a moment, and leaves. Gives how many came in.
///
/// Core's atomics count who is inside: loom would take each use of its own for a step of the part.
fn visit(gate: &Gate, inside: &AtomicUsize) -> usize {
    let Some(running) = gate.enter() else { return 0 };
    inside.fetch_add(1, Ordering::SeqCst);
    thread::yield_now();
    inside.fetch_sub(1, Ordering::SeqCst);
    drop(running);
    1
}

/// At most this many times a thread is interrupted where it need not be: more takes minutes, and found nothing else.
fn model(run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(run);
}

#[test]
fn a_stop_misses_nobody_who_came_in() {
    model(|| {
        let (gate, controller) = gate();
        let inside = Arc::new(AtomicUsize::new(0));
        let visitors: Vec<_> = (0..2)
            .map(|_| {
                let (gate, inside) = (gate.clone(), inside.clone());
                thread::spawn(move || visit(&gate, &inside))
            })
            .collect();
        let drained = block_on(controller.drain(pending()));
        assert_eq!(drained, Drained::All, "without a deadline, only the last one to leave ends the stop");
        assert_eq!(inside.load(Ordering::SeqCst), 0, "the stop has ended, and somebody is still inside");
        assert!(gate.enter().is_none(), "the stop has ended, and somebody comes in");
        for visitor in visitors {
            visitor.join().expect("nobody panics");
        }
    });
}

#[test]
fn a_deadline_counts_those_who_are_inside_and_no_others() {
    model(|| {
        let (gate, controller) = gate();
        let held = gate.enter();
        let visitor = {
            let gate = gate.clone();
            thread::spawn(move || gate.enter())
        };
        let drained = block_on(controller.drain(ready(())));
        let late = visitor.join().expect("nobody panics");
        let expected = 1 + usize::from(late.is_some());
        assert_eq!(drained, Drained::Cut { left: expected }, "who came in was counted, and nobody comes in later");
        assert!(gate.enter().is_none() && held.is_some());
    });
}

#[test]
fn everybody_inside_hears_of_the_stop() {
    model(|| {
        let (gate, controller) = gate();
        let visitor = thread::spawn(move || {
            if let Some(running) = gate.enter() {
                block_on(running.news().draining());
                assert!(running.news().is_draining());
            }
        });
        assert_eq!(block_on(controller.drain(pending())), Drained::All);
        visitor.join().expect("it hears of the stop, or never came in");
    });
}
