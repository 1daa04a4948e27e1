//! Part 07 before the oracle: requests that pick, end and fail in a given order, and threads whose tallies must add up.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use oracle_support::{Input, answer_all, listed, overtake};
use part_balancer::{Balancer, Pick, rehearse};
use wire::balancer::{Ejection, Health, Policy, ServerView};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let new: fn(usize, Policy, Ejection) -> Balancer = Balancer::new;
    match call {
        "Play" => {
            let (servers, policy) = (input.size(), policy(input));
            let failures = u32::try_from(input.number()).expect("the case maker sends a number of failures");
            let balancer = new(servers, policy, Ejection { failures, for_ms: input.wide() });
            let mut held = BTreeMap::new();
            let steps = input.list(Input::text);
            listed(steps.iter().map(|step| {
                let came = play(&balancer, &mut held, step);
                format!("{step}: {came}{}", viewed(&balancer))
            }))
        }
        "Keys" => {
            let balancer = new(input.size(), Policy::ConsistentHash, Ejection { failures: 1, for_ms: 100 });
            let (keys, away, at_ms) = (input.wide(), input.option(Input::size), input.wide());
            let turns = |now_ms| turns(&balancer, keys, now_ms);
            let before = turns(0);
            if let Some(away) = away {
                let pick = (0..keys).find_map(|key| balancer.pick(key, 0, None).filter(|pick| pick.index() == away));
                pick.expect("each server has some of the keys").failed(0);
            }
            format!("{before} then {}", turns(at_ms))
        }
        "Rehearse" => {
            let (servers, policy, threads, picks) = (input.size(), policy(input), input.size(), input.wide());
            rehearsed(servers, policy, threads, picks)
        }
        "Race" => race(&input.text()),
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn policy(input: &mut Input<'_>) -> Policy {
    match input.text().as_str() {
        "turns" => Policy::RoundRobin,
        "fewest" => Policy::LeastConnections,
        "key" => Policy::ConsistentHash,
        other => unreachable!("the case maker has no policy {other}"),
    }
}

/// One step: "a picks at 100 key 7 avoiding 1", "a succeeds", "a fails at 100", or "a goes" without an outcome.
fn play<'a>(balancer: &'a Balancer, held: &mut BTreeMap<String, Pick<'a>>, step: &str) -> String {
    let words: Vec<&str> = step.split(' ').collect();
    let number = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words[at + 1].parse::<u64>().ok()
    };
    let at_ms = number("at").unwrap_or(0);
    let who = words[0];
    let mut lease = || held.remove(who);
    match words[1] {
        "picks" => {
            let avoid = number("avoiding").map(|server| server as usize);
            let Some(pick) = balancer.pick(number("key").unwrap_or(0), at_ms, avoid) else { return "none".into() };
            let index: usize = pick.index();
            held.insert(who.to_owned(), pick);
            format!("server {index}")
        }
        // Who got no server has nothing to end.
        "succeeds" => lease().map(Pick::succeeded).map_or("nothing", |()| "done").into(),
        "fails" => lease().map(|pick| pick.failed(at_ms)).map_or("nothing", |()| "done").into(),
        "goes" => lease().map(drop).map_or("nothing", |()| "done").into(),
        other => unreachable!("the case maker has no step {other}"),
    }
}

/// Of each server: requests under way, picks, health.
fn viewed(balancer: &Balancer) -> String {
    let view: Vec<ServerView> = balancer.view();
    view.iter().map(|server| format!("; {} of {}, {:?}", server.active, server.picks, server.health)).collect()
}

/// The servers of the keys 0, 1, 2 and so on, each picked and ended without an outcome.
fn turns(balancer: &Balancer, keys: u64, now_ms: u64) -> String {
    let index = |pick: Option<Pick<'_>>| pick.map_or("none".into(), |pick| pick.index().to_string());
    (0..keys).map(|key| index(balancer.pick(key, now_ms, None))).collect::<Vec<_>>().join(" ")
}

/// What `rehearse` gives; by keys, whether each server got those of its keys from every thread.
fn rehearsed(servers: usize, policy: Policy, threads: usize, picks: u64) -> String {
    let rehearse: fn(&Arc<Balancer>, usize, u64) -> Vec<u64> = rehearse;
    let made = || Balancer::new(servers, policy, Ejection { failures: 2, for_ms: 100 });
    let (balancer, alone) = (Arc::new(made()), made());
    let before = started();
    let counts = rehearse(&balancer, threads, picks);
    let others = started() - before - 1;
    let all: u64 = counts.iter().sum();
    let each = match policy {
        Policy::RoundRobin => format!("{counts:?}"),
        // Who has the fewest requests depends on the moment.
        Policy::LeastConnections => "any".into(),
        Policy::ConsistentHash => {
            drop(turns(&alone, picks, 0));
            let once = alone.view().into_iter().map(|server| server.picks * threads as u64);
            format!("as often as its keys come: {}", once.eq(counts))
        }
    };
    let busy: u64 = balancer.view().iter().map(|server| server.active).sum();
    format!("{all} picks, {each}, {busy} under way, by threads: {}", others >= threads as u64)
}

/// How many threads this program has started, this one included: each has a number of its own, one more than the last.
fn started() -> u64 {
    let id = thread::spawn(|| format!("{:?}", thread::current().id())).join().expect("it only tells its number");
    id.trim_matches(|byte: char| !byte.is_ascii_digit()).parse().expect("a thread's id holds a number")
}

/// Two threads, of which one is stopped in the middle of a call while the other makes a whole one. Whatever the places
/// where that happens, the tally is known.
fn race(what: &str) -> String {
    let made = |servers, failures| Balancer::new(servers, Policy::RoundRobin, Ejection { failures, for_ms: 100 });
    let calls = AtomicU64::new(0);
    match what {
        "counts" => {
            let balancer = made(5, 2);
            let pick = || {
                calls.fetch_add(1, Ordering::SeqCst);
                drop(balancer.pick(0, 0, None));
            };
            overtake(pick, pick);
            // As many turns as are missing to a whole round.
            while calls.load(Ordering::SeqCst) % 5 > 0 {
                pick();
            }
            let (calls, view) = (calls.into_inner(), balancer.view());
            let even = view.iter().all(|server| server.picks == calls / 5);
            let lost = calls.abs_diff(view.iter().map(|server| server.picks).sum());
            let busy: u64 = view.iter().map(|server| server.active).sum();
            format!("lost picks: {lost}, each server has its turns: {even}, under way: {busy}")
        }
        "failures" => {
            let balancer = made(1, u32::MAX);
            let fail = || {
                calls.fetch_add(1, Ordering::SeqCst);
                balancer.pick(0, 0, None).into_iter().for_each(|pick| pick.failed(0));
            };
            overtake(fail, fail);
            match balancer.view()[0].health {
                Health::Serving { failures } => {
                    format!("lost failures: {}", calls.into_inner().abs_diff(u64::from(failures)))
                }
                other => format!("{other:?}"),
            }
        }
        "probes" => {
            let balancer = made(1, 1);
            balancer.pick(0, 0, None).expect("a new balancer's servers serve").failed(0);
            // What the other thread picks, it keeps until the first one has seen that it did not get the same.
            let (kept, is_kept, both) = (Mutex::new(None), AtomicBool::new(false), AtomicBool::new(false));
            let keep = || {
                if let Some(probe) = balancer.pick(0, 100, None) {
                    *kept.lock().expect("nobody panics with it") = Some(probe);
                    is_kept.store(true, Ordering::SeqCst);
                }
            };
            let try_it = || {
                let probe = balancer.pick(0, 100, None);
                if is_kept.load(Ordering::SeqCst) {
                    both.fetch_or(probe.is_some(), Ordering::SeqCst);
                    is_kept.store(false, Ordering::SeqCst);
                    drop(kept.lock().expect("nobody panics with it").take());
                }
            };
            overtake(try_it, keep);
            format!("two probes at one time: {both:?}")
        }
        other => unreachable!("the case maker has no race {other}"),
    }
}
