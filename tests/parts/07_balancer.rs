//! Every thread of the proxy asks the balancer for a server, thousands of times a second, and at the same time.
//! Nobody may wait for a lock, no thread's number may get lost, and of all threads that see a server's time run
//! out, one may try it.
//!
//! Each module is a step, the easiest case stands first, and a failure prints the input, what was expected and
//! what your code gave. Where threads race, a race that is lost once in thousands of rounds is a failure.

use part_balancer::{Balancer, Pick, rehearse};
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};
use wire::balancer::{Ejection, Health, Policy};

const POLICIES: [Policy; 3] = [Policy::RoundRobin, Policy::LeastConnections, Policy::ConsistentHash];
const SERVING: Health = Health::Serving { failures: 0 };

/// Two failures in a row send a server away for 100 ms.
fn ejection() -> Ejection {
    Ejection { failures: 2, for_ms: 100 }
}

fn balancer(servers: usize, policy: Policy) -> Balancer {
    Balancer::new(servers, policy, ejection())
}

fn check<T: PartialEq + Debug>(input: &str, got: T, expected: T, why: &str) {
    assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
}

/// A pick at `now_ms` that has to give a server.
fn picked(balancer: &Balancer, now_ms: u64) -> Pick<'_> {
    balancer
        .pick(0, now_ms, None)
        .unwrap_or_else(|| panic!("input: pick at {now_ms} ms\nexpected: a server\ngot: None"))
}

/// The servers that so many picks give, one after the other.
fn turns(balancer: &Balancer, count: u64, now_ms: u64) -> Vec<usize> {
    (0..count).filter_map(|key| balancer.pick(key, now_ms, None).map(|pick| pick.index())).collect()
}

fn active(balancer: &Balancer) -> Vec<u64> {
    balancer.view().iter().map(|server| server.active).collect()
}

fn health(balancer: &Balancer, index: usize) -> Health {
    balancer.view()[index].health
}

/// Sends a server away, at 0 ms, until 100 ms; the others have nothing against it.
fn eject(balancer: &Balancer, bad: usize) {
    let picks: Vec<_> = (0..999).filter_map(|key| balancer.pick(key, 0, None)).collect();
    picks.into_iter().filter(|pick| pick.index() == bad).take(2).for_each(|pick| pick.failed(0));
    check(
        &format!("server {bad} fails twice"),
        health(balancer, bad),
        Health::Ejected { until_ms: 100 },
        "two are the limit",
    );
}

/// Runs `race` on four threads, over and over, until they have got in each other's way often enough; on one busy
/// core that is rare, so a second will do. Gives back how often it ran.
fn at_once(race: impl Fn() + Sync) -> u64 {
    const THREADS: usize = 4;
    const OFTEN_ENOUGH: u64 = 3_000;
    let until = Instant::now() + Duration::from_secs(1);
    let (start, last) = (Barrier::new(THREADS), AtomicUsize::new(0));
    // Once alone: what is still to do says so here, and not on a thread of which only the end would be seen.
    race();
    let (rounds, changes) = (AtomicU64::new(1), AtomicU64::new(0));
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (start, last, rounds, changes, race) = (&start, &last, &rounds, &changes, &race);
            scope.spawn(move || {
                start.wait();
                while changes.load(Ordering::Relaxed) < OFTEN_ENOUGH && Instant::now() < until {
                    (0..16).for_each(|_| race());
                    rounds.fetch_add(16, Ordering::Relaxed);
                    if last.swap(thread, Ordering::Relaxed) != thread {
                        changes.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    rounds.into_inner()
}

mod step_1_count {
    use super::*;

    #[test]
    fn takes_turns() {
        let balancer = balancer(3, Policy::RoundRobin);
        check("3 servers, 7 picks", turns(&balancer, 7, 0), vec![0, 1, 2, 0, 1, 2, 0], "one after the other");
    }

    #[test]
    fn counts_a_server_as_busy_until_the_pick_ends() {
        let balancer = balancer(2, Policy::RoundRobin);
        let (first, second) = (picked(&balancer, 0), picked(&balancer, 0));
        check("two picks", active(&balancer), vec![1, 1], "each server has one request under way");
        drop(first);
        check("… the first is dropped", active(&balancer), vec![0, 1], "a dropped pick is no request under way");
        second.succeeded();
        check("… the second has succeeded", active(&balancer), vec![0, 0], "and neither is one that succeeded");
    }

    #[test]
    fn counts_the_picks_of_each_server() {
        let balancer = balancer(2, Policy::RoundRobin);
        turns(&balancer, 5, 0);
        let picks: Vec<u64> = balancer.view().iter().map(|server| server.picks).collect();
        check("2 servers, 5 picks", picks, vec![3, 2], "a pick that has ended was one, too");
    }

    #[test]
    fn no_pick_of_any_thread_gets_lost() {
        let balancer = balancer(1, Policy::ConsistentHash);
        let rounds = at_once(|| picked(&balancer, 0).succeeded());
        let why = "two threads may add 1 at the same moment, and both have to count";
        check("4 threads, one server: its picks", balancer.view()[0].picks, rounds, why);
        check("4 threads, one server: under way", active(&balancer), vec![0], why);
    }

    #[test]
    fn no_two_threads_have_the_same_turn() {
        const SERVERS: u64 = 5;
        let balancer = balancer(SERVERS as usize, Policy::RoundRobin);
        let rounds = at_once(|| picked(&balancer, 0).succeeded());
        // As many turns as are missing to a whole round.
        turns(&balancer, SERVERS - rounds % SERVERS, 0);
        let picks: Vec<u64> = balancer.view().iter().map(|server| server.picks).collect();
        let even = vec![rounds / SERVERS + 1; SERVERS as usize];
        check("4 threads, 5 servers, one after the other", picks, even, "each turn goes to one thread");
    }

    #[test]
    fn prefers_the_server_with_the_fewest_requests() {
        let balancer = balancer(3, Policy::LeastConnections);
        let mut held: Vec<_> = (0..6).map(|_| picked(&balancer, 0)).collect();
        check("3 servers, 6 requests", active(&balancer), vec![2, 2, 2], "each one takes its share");
        let ended = held.swap_remove(4).index();
        check("… one ends", picked(&balancer, 0).index(), ended, "its server has fewer requests than the others");
    }

    #[test]
    fn takes_turns_among_equals() {
        let balancer = balancer(3, Policy::LeastConnections);
        check("3 idle servers, 3 short requests", turns(&balancer, 3, 0), vec![0, 1, 2], "all are equally idle");
    }

    #[test]
    fn sends_a_key_to_the_same_server_every_time() {
        let balancer = balancer(4, Policy::ConsistentHash);
        check("4 servers, 100 keys, twice", turns(&balancer, 100, 0), turns(&balancer, 100, 0), "a key has its server");
    }

    #[test]
    fn spreads_keys_evenly() {
        let balancer = balancer(4, Policy::ConsistentHash);
        turns(&balancer, 10_000, 0);
        for (index, server) in balancer.view().iter().enumerate() {
            let fair = (2_300..2_700).contains(&server.picks);
            let why = format!("a quarter of the keys is 2,500, and server {index} has {}", server.picks);
            check("4 servers, 10,000 keys", fair, true, &why);
        }
    }

    #[test]
    fn avoids_the_server_that_was_tried() {
        for policy in POLICIES {
            let balancer = balancer(3, policy);
            for key in 0..30 {
                let got = balancer.pick(key, 0, Some(1)).map(|pick| pick.index());
                let input = format!("{policy:?}, 3 servers, key {key}, avoid 1");
                check(&input, matches!(got, Some(0 | 2)), true, &format!("there are two others, and it gave {got:?}"));
            }
        }
    }

    #[test]
    fn gives_none_when_there_is_no_other() {
        for policy in POLICIES {
            for (servers, avoid) in [(0, None), (1, Some(0))] {
                let balancer = balancer(servers, policy);
                let got = balancer.pick(0, 0, avoid).map(|pick| pick.index());
                check("one server", picked(&super::balancer(1, policy), 0).index(), 0, "there is one");
                check(&format!("{policy:?}, {servers} servers, avoid {avoid:?}"), got, None, "there is none");
            }
        }
    }
}

mod step_2_threads {
    use super::*;

    #[test]
    fn all_threads_have_picked_when_it_returns() {
        // Over and over: a thread that nobody waits for may happen to be in time.
        for _ in 0..20 {
            let balancer = Arc::new(balancer(3, Policy::RoundRobin));
            let picks = rehearse(&balancer, 3, 5);
            check("3 servers, 3 threads of 5 picks", picks, vec![5, 5, 5], "15 turns, whoever took them");
        }
    }

    #[test]
    fn every_pick_of_every_policy_counts_and_ends() {
        for policy in POLICIES {
            let balancer = Arc::new(balancer(4, policy));
            let picks = rehearse(&balancer, 4, 1_000);
            let input = format!("{policy:?}, 4 servers, 4 threads of 1,000 picks");
            check(&input, picks.iter().sum::<u64>(), 4_000, "each thread makes all of its picks");
            check(&input, active(&balancer), vec![0; 4], "every pick has ended");
        }
    }

    #[test]
    fn each_thread_goes_through_the_same_keys() {
        let balancer = Arc::new(balancer(4, Policy::ConsistentHash));
        let (one, three) = (rehearse(&balancer, 1, 100), rehearse(&balancer, 2, 100));
        let tripled: Vec<u64> = one.iter().map(|picks| picks * 3).collect();
        check("100 keys by 1 thread, then by 2 more", three, tripled, "the keys of each thread are 0 to 99");
    }

    #[test]
    fn is_done_at_once_without_threads() {
        let balancer = Arc::new(balancer(2, Policy::RoundRobin));
        check("no threads", rehearse(&balancer, 0, 100), vec![0, 0], "nobody picks");
        check("one thread", rehearse(&balancer, 1, 2), vec![1, 1], "one thread does");
    }

    #[test]
    fn may_be_shared_by_threads() {
        // Compiles only when a balancer may be moved to a thread, and looked at by several.
        fn is_send_and_sync<T: Send + Sync>() {}
        is_send_and_sync::<Balancer>();
        is_send_and_sync::<Pick<'_>>();
        check("one thread", rehearse(&Arc::new(balancer(1, Policy::RoundRobin)), 1, 1), vec![1], "and it works");
    }
}

mod step_3_eject {
    use super::*;

    #[test]
    fn sends_a_server_away_after_failures_in_a_row() {
        let balancer = balancer(1, Policy::RoundRobin);
        picked(&balancer, 7).failed(7);
        check("1 failure, limit 2", health(&balancer, 0), Health::Serving { failures: 1 }, "one is below the limit");
        picked(&balancer, 8).failed(9);
        let until = Health::Ejected { until_ms: 109 };
        check("2 failures, the last at 9 ms, for 100 ms", health(&balancer, 0), until, "two are the limit");
        check("a request that failed", active(&balancer), vec![0], "is not under way any more");
    }

    #[test]
    fn a_success_begins_a_new_row() {
        let balancer = balancer(1, Policy::RoundRobin);
        for _ in 0..3 {
            picked(&balancer, 0).failed(0);
            picked(&balancer, 0).succeeded();
        }
        check("failed and succeeded in turn", health(&balancer, 0), SERVING, "there never were two failures in a row");
    }

    #[test]
    fn a_pick_without_an_outcome_is_no_failure_and_no_success() {
        let balancer = balancer(1, Policy::RoundRobin);
        picked(&balancer, 0).failed(0);
        drop(picked(&balancer, 0));
        let expected = Health::Serving { failures: 1 };
        check("failed, then dropped", health(&balancer, 0), expected, "a client that went away tells nothing");
    }

    #[test]
    fn picks_no_ejected_server() {
        for policy in POLICIES {
            let balancer = balancer(3, policy);
            eject(&balancer, 1);
            let got = turns(&balancer, 100, 99);
            let input = format!("{policy:?}, 1 of 3 is away, 100 picks");
            check(&input, got.contains(&1), false, "its time is not over");
            check(&input, got.len(), 100, "two others serve");
        }
    }

    #[test]
    fn gives_none_when_all_are_away() {
        for policy in POLICIES {
            let balancer = balancer(1, policy);
            eject(&balancer, 0);
            let got = balancer.pick(0, 99, None).map(|pick| pick.index());
            check(&format!("{policy:?}, all are away"), got, None, "the proxy answers 503");
        }
    }

    #[test]
    fn the_others_share_the_turns_of_one_that_is_away() {
        let balancer = balancer(4, Policy::RoundRobin);
        eject(&balancer, 1);
        let mut counts = [0; 4];
        turns(&balancer, 300, 0).into_iter().for_each(|index| counts[index] += 1);
        check("4 servers, 1 is away, 300 picks", counts, [100, 0, 100, 100], "its neighbour must not take two turns");
    }

    #[test]
    fn only_the_keys_of_the_ejected_server_move() {
        let balancer = balancer(4, Policy::ConsistentHash);
        let before = turns(&balancer, 1_000, 0);
        let bad = before[0];
        eject(&balancer, bad);
        let after = turns(&balancer, 1_000, 0);
        let moved = |&(before, after): &(&usize, &usize)| before != after;
        let wrong = before.iter().zip(&after).filter(moved).filter(|&(&before, _)| before != bad).count();
        check("1,000 keys, one server is ejected", wrong, 0, "the others keep their keys");
        let heirs = (0..4).filter(|index| before.iter().zip(&after).any(|(&b, a)| b == bad && a == index)).count();
        check("1,000 keys, one server is ejected", heirs, 3, "its keys spread over all others");
    }

    #[test]
    fn a_late_failure_does_not_prolong_the_time() {
        let balancer = balancer(1, Policy::RoundRobin);
        let late = picked(&balancer, 0);
        eject(&balancer, 0);
        late.failed(50);
        let until = Health::Ejected { until_ms: 100 };
        check("a request from before fails at 50 ms", health(&balancer, 0), until, "it tells nothing new");
    }

    #[test]
    fn a_late_success_does_not_bring_it_back() {
        let balancer = balancer(1, Policy::RoundRobin);
        let late = picked(&balancer, 0);
        eject(&balancer, 0);
        late.succeeded();
        let until = Health::Ejected { until_ms: 100 };
        check("a request from before succeeds", health(&balancer, 0), until, "it was chosen when the server was well");
    }

    #[test]
    fn a_limit_of_nothing_never_ejects() {
        let balancer = Balancer::new(1, Policy::RoundRobin, Ejection { failures: 0, for_ms: 100 });
        (0..9).for_each(|_| picked(&balancer, 0).failed(0));
        check("limit 0, 9 failures", health(&balancer, 0), SERVING, "0 turns ejection off");
        let balancer = Balancer::new(1, Policy::RoundRobin, Ejection { failures: 1, for_ms: 100 });
        picked(&balancer, 0).failed(0);
        check("limit 1, 1 failure", health(&balancer, 0), Health::Ejected { until_ms: 100 }, "1 is the strictest");
    }

    #[test]
    fn a_time_without_end_is_no_accident() {
        let balancer = Balancer::new(1, Policy::RoundRobin, Ejection { failures: 1, for_ms: u64::MAX });
        picked(&balancer, 5).failed(5);
        let got = balancer.pick(0, 1 << 61, None).map(|pick| pick.index());
        check("for u64::MAX ms, picked after 73 million years", got, None, "away for good");
    }

    #[test]
    fn no_failure_of_any_thread_gets_lost() {
        let balancer = Balancer::new(1, Policy::ConsistentHash, Ejection { failures: u32::MAX, for_ms: 100 });
        let rounds = at_once(|| picked(&balancer, 0).failed(0));
        let why = "between a load and a store of one thread, another one's failure gets lost";
        let expected = Health::Serving { failures: rounds as u32 };
        check(&format!("4 threads, {rounds} failures, no limit to speak of"), health(&balancer, 0), expected, why);
    }
}

mod step_4_probe {
    use super::*;

    /// A balancer of one server, which is away until 100 ms.
    fn ejected() -> Balancer {
        let balancer = balancer(1, Policy::ConsistentHash);
        (0..2).for_each(|_| picked(&balancer, 0).failed(0));
        balancer
    }

    fn is_none(balancer: &Balancer, now_ms: u64, input: &str, why: &str) {
        check(input, balancer.pick(0, now_ms, None).map(|pick| pick.index()), None, why);
    }

    #[test]
    fn one_request_tries_a_server_whose_time_is_over() {
        let balancer = ejected();
        is_none(&balancer, 99, "away until 100 ms, picked at 99 ms", "its time is not over");
        let probe = picked(&balancer, 100);
        let probing = Health::Probing { until_ms: 100 };
        check("away until 100 ms, picked at 100 ms", health(&balancer, 0), probing, "one request may try it");
        is_none(&balancer, 100, "… and picked again", "one is enough: a sick server gets no crowd");
        check("… and picked again", active(&balancer), vec![1], "the probe is under way, and nothing else");
        drop(probe);
    }

    #[test]
    fn a_probe_that_succeeds_brings_the_server_back() {
        let balancer = ejected();
        picked(&balancer, 100).succeeded();
        check("the probe succeeds", health(&balancer, 0), SERVING, "it serves again");
        let all = [picked(&balancer, 100), picked(&balancer, 100)];
        check("… and two requests come", all.map(|pick| pick.index()), [0, 0], "it takes all of them");
    }

    #[test]
    fn a_probe_that_fails_sends_it_away_again() {
        let balancer = ejected();
        picked(&balancer, 150).failed(170);
        let until = Health::Ejected { until_ms: 270 };
        check("the probe fails at 170 ms", health(&balancer, 0), until, "one failure is enough here");
    }

    #[test]
    fn a_probe_without_an_outcome_lets_the_next_one_try() {
        let balancer = ejected();
        drop(picked(&balancer, 100));
        check(
            "the probe's client goes away",
            health(&balancer, 0),
            Health::Ejected { until_ms: 100 },
            "nobody knows more",
        );
        picked(&balancer, 101).succeeded();
        check("… and the next one succeeds", health(&balancer, 0), SERVING, "it was a probe, too");
    }

    #[test]
    fn late_outcomes_leave_the_probe_alone() {
        let balancer = balancer(1, Policy::RoundRobin);
        let late = [picked(&balancer, 0), picked(&balancer, 0)];
        eject(&balancer, 0);
        let probe = picked(&balancer, 100);
        let [first, second] = late;
        first.failed(100);
        second.succeeded();
        let probing = Health::Probing { until_ms: 100 };
        check("two old requests end during the probe", health(&balancer, 0), probing, "the probe decides");
        probe.succeeded();
        check("… and the probe succeeds", health(&balancer, 0), SERVING, "it decides");
    }

    #[test]
    fn others_serve_while_one_is_tried() {
        let balancer = balancer(2, Policy::LeastConnections);
        eject(&balancer, 0);
        let _busy = [picked(&balancer, 99), picked(&balancer, 99)];
        let probe = picked(&balancer, 100);
        check("1 is busy, the time of 0 is over", probe.index(), 0, "it has the fewest requests, so it is tried");
        check("… a second request", picked(&balancer, 100).index(), 1, "one tries 0, the others go to 1");
    }

    #[test]
    fn the_keys_of_an_ejected_server_come_home() {
        let balancer = balancer(4, Policy::ConsistentHash);
        let before = turns(&balancer, 1_000, 0);
        eject(&balancer, 2);
        check(
            "1,000 keys, and the time is over",
            turns(&balancer, 1_000, 100),
            before,
            "each of them tries its server",
        );
    }

    #[test]
    fn of_many_threads_one_is_the_probe() {
        // Two threads walk past many servers whose time is over, and keep what they pick. Who is stopped between the
        // look and the change is overtaken, on one core too: then both try the same server, about once in ten times.
        const OVERTAKEN_OFTEN_ENOUGH: usize = 100;
        const LONGEST_ROW: usize = 20_000;
        let until = Instant::now() + Duration::from_secs(5);
        let mut servers: Vec<Balancer> = (0..1_000).map(|_| ejected()).collect();
        // Once alone: what is still to do says so here, and not on a thread of which only the end would be seen.
        drop(picked(&servers[0], 100));
        let mut overtaken = 0;
        while overtaken < OVERTAKEN_OFTEN_ENOUGH && Instant::now() < until {
            let ready = AtomicUsize::new(0);
            let walk = || {
                ready.fetch_add(1, Ordering::SeqCst);
                while ready.load(Ordering::SeqCst) < 2 {
                    thread::yield_now();
                }
                servers.iter().map(|server| server.pick(0, 100, None)).collect::<Vec<_>>()
            };
            let (one, other) = thread::scope(|scope| {
                let other = scope.spawn(walk);
                (walk(), other.join().expect("a pick does not panic"))
            });
            let pairs = || one.iter().zip(&other).map(|(one, other)| [one.is_some(), other.is_some()]);
            let most = pairs().map(|picks| picks.into_iter().filter(|&picked| picked).count()).max();
            let input = format!("2 threads, {} servers whose time is over: the most probes of one", servers.len());
            check(&input, most, Some(1), "all of them saw the same word, and one may exchange it");
            let changes = pairs().zip(pairs().skip(1)).filter(|(before, after)| before != after).count();
            overtaken += changes;
            // Without an outcome, so that the next walk may try.
            drop((one, other));
            // On one core, a short walk is over before the other thread has its turn.
            if changes == 0 && servers.len() < LONGEST_ROW {
                let more = servers.len() / 2;
                servers.extend((0..more).map_while(|_| (Instant::now() < until).then(ejected)));
            }
        }
    }
}
