//! Part 07 under loom: every interleaving of a few threads, at each atomic step, and with every value that a
//! relaxed load may still see.
//!
//! This is the part's own source, compiled with loom's atomics in the place of std's.

// The name `std` means loom below: what the part takes from `std` is what loom watches.
extern crate loom as std;

#[expect(dead_code, unreachable_pub, reason = "a crate of its own elsewhere; a model uses what it is about")]
#[path = "../../solutions/07-balancer/src/lib.rs"]
mod part;

use loom::sync::Arc;
use loom::thread;
use part::{Balancer, rehearse};
use wire::balancer::{Ejection, Health, Policy};

/// A balancer of so many servers that go after two failures.
fn balancer(servers: usize, policy: Policy) -> Arc<Balancer> {
    Arc::new(Balancer::new(servers, policy, Ejection { failures: 2, for_ms: 100 }))
}

/// Runs `first` and `second` on two threads.
fn race(balancer: &Arc<Balancer>, first: fn(&Balancer), second: fn(&Balancer)) {
    let shared = Arc::clone(balancer);
    let other = thread::spawn(move || second(&shared));
    first(balancer);
    other.join().expect("no thread of this model panics");
}

fn fails(balancer: &Balancer) {
    if let Some(pick) = balancer.pick(0, 0, None) {
        pick.failed(0);
    }
}

fn health(balancer: &Balancer) -> Health {
    balancer.view()[0].health
}

#[test]
fn no_turn_and_no_pick_gets_lost() {
    loom::model(|| {
        let balancer = balancer(2, Policy::RoundRobin);
        assert_eq!(rehearse(&balancer, 2, 1), [1, 1], "two turns, two servers");
        assert!(balancer.view().iter().all(|server| server.active == 0), "{:?}", balancer.view());
    });
}

#[test]
fn two_failures_are_two_in_every_order() {
    loom::model(|| {
        let balancer = balancer(1, Policy::RoundRobin);
        race(&balancer, fails, fails);
        assert_eq!(health(&balancer), Health::Ejected { until_ms: 100 });
    });
}

#[test]
fn a_success_beside_a_failure_leaves_one_of_both_outcomes() {
    loom::model(|| {
        let balancer = balancer(1, Policy::RoundRobin);
        fails(&balancer);
        race(&balancer, fails, |balancer| balancer.pick(0, 0, None).into_iter().for_each(part::Pick::succeeded));
        // Success first: one failure since. Failure first: ejected, and a late success changes nothing.
        let got = health(&balancer);
        let ejected = Health::Ejected { until_ms: 100 };
        assert!([ejected, Health::Serving { failures: 1 }].contains(&got), "{got:?}");
    });
}

#[test]
fn one_thread_is_the_probe_and_the_other_gets_nothing() {
    loom::model(|| {
        let balancer = balancer(1, Policy::RoundRobin);
        fails(&balancer);
        fails(&balancer);
        let shared = Arc::clone(&balancer);
        let other = thread::spawn(move || shared.pick(0, 100, None).map(core::mem::forget).is_some());
        let mine = balancer.pick(0, 100, None);
        let theirs = other.join().expect("no thread of this model panics");
        assert!(mine.is_some() != theirs, "mine: {}, theirs: {theirs}", mine.is_some());
        assert_eq!(health(&balancer), Health::Probing { until_ms: 100 });
    });
}

#[test]
fn a_probe_that_is_dropped_is_open_for_another() {
    loom::model(|| {
        let balancer = balancer(1, Policy::RoundRobin);
        fails(&balancer);
        fails(&balancer);
        race(&balancer, |balancer| drop(balancer.pick(0, 100, None)), |balancer| drop(balancer.pick(0, 100, None)));
        assert_eq!(health(&balancer), Health::Ejected { until_ms: 100 });
        assert!(balancer.pick(0, 100, None).is_some(), "its time is over, and nobody is trying it");
    });
}

#[test]
fn a_pick_beside_an_ejection_finds_the_other_server() {
    loom::model(|| {
        let strict = Ejection { failures: 1, for_ms: 100 };
        let balancer = Arc::new(Balancer::new(2, Policy::RoundRobin, strict));
        race(&balancer, |balancer| assert!(balancer.pick(0, 0, None).is_some(), "one of two serves"), fails);
    });
}

#[test]
fn a_server_that_is_ejected_between_the_look_and_the_pick_is_not_probed_before_its_time() {
    loom::model(|| {
        let strict = Ejection { failures: 1, for_ms: 100 };
        let balancer = Arc::new(Balancer::new(1, Policy::RoundRobin, strict));
        let pick_early = |balancer: &Balancer| {
            let _held = balancer.pick(0, 0, None);
            let seen = health(balancer);
            assert!(!matches!(seen, Health::Probing { .. }), "at 0 ms, before 100 ms\ngot: {seen:?}");
        };
        race(&balancer, pick_early, fails);
    });
}
