//! A connection to the upstream costs a round trip to open, so one that is still good serves the next request, too.
//! A request asks the pool for one, has it for itself, and gives it back; or it is cancelled somewhere on the way,
//! and then the connection is closed, because nobody knows what is still to come on it.
//!
//! There is no socket and no runtime here: a connection is a number, and a test polls the futures itself, so that
//! each one stands exactly where the test wants it (10_pool/scene.rs). Each module is a step, the easiest case stands first, and a
//! failure prints the input, what was expected and what your code gave.

#[path = "10_pool/scene.rs"]
mod scene;

use scene::{Lending, Scene, Task, block_on, check, check_lock_is_free, limits, outcome, scene};
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;
use wire::pool::{Look, PoolCounts, PoolLimits};

mod step_1_dial {
    use super::*;

    #[test]
    fn opens_a_connection_when_none_is_idle() {
        let scene = scene(limits());
        let lent = scene.lent();
        check("lend", lent.number, 0, "nothing is idle, so the pool dials");
        check("lend", lent.reused(), false, "a connection that was dialled for you has served nobody else");
        let counts = PoolCounts { connects: 1, lent: 1, ..PoolCounts::default() };
        scene.check_counts("lend", counts, "one connect, one place taken, nobody waited");
    }

    #[test]
    fn gives_each_request_a_connection_of_its_own() {
        let scene = scene(limits());
        let (first, second) = (scene.lent(), scene.lent());
        check("lend twice", (first.number, second.number), (0, 1), "a connection carries one exchange at a time");
    }

    #[test]
    fn does_not_dial_before_it_is_polled() {
        let scene = scene(limits());
        let mut asking = scene.asking(0, Look::Quick);
        let dialled = || scene.upstream.dialled.load(Ordering::SeqCst);
        check("lend, not polled", dialled(), 0, "a future does nothing until somebody polls it");
        asking.gives("lend, polled", "connection 0", "now it runs");
        check("lend, polled", dialled(), 1, "now it has dialled");
    }

    #[test]
    fn waits_for_a_slow_dial_and_not_for_others() {
        let scene = scene(limits());
        let answered = AtomicBool::new(false);
        let mut slow = Task::new(scene.pool.lend(0, Look::Quick, async || {
            poll_fn(|_| if answered.load(Ordering::SeqCst) { Poll::Ready(()) } else { Poll::Pending }).await;
            Ok(scene.upstream.open())
        }));
        slow.gives("a slow dial", "it waits", "the upstream has not answered yet");
        let quick = scene.lent();
        check("a quick dial meanwhile", quick.number, 0, "one slow dial holds nobody else up");
        answered.store(true, Ordering::SeqCst);
        slow.gives("the slow dial again", "connection 1", "now it has answered");
    }

    #[test]
    fn hands_on_what_the_dial_said_and_frees_the_place() {
        let scene = scene(limits());
        scene.asking_to_be_refused().gives("lend", "connection refused", "the request wants to know what went wrong");
        scene.check_counts("lend, refused", PoolCounts::default(), "nothing was opened, so nothing is counted or held");
    }

    #[test]
    fn frees_the_place_of_a_cancelled_dial() {
        let scene = scene(limits());
        let mut asking = scene.asking_in_vain();
        asking.gives("a dial without an answer", "it waits", "the dial is under way");
        check("a dial without an answer", scene.pool.counts().lent, 1, "who dials holds a place");
        drop(asking);
        let why = "a dropped future runs no further line: only what it owns is dropped";
        scene.check_counts("… and the client goes away", PoolCounts::default(), why);
    }

    #[test]
    fn closes_a_connection_that_is_dropped() {
        let scene = scene(limits());
        drop(scene.lent());
        scene.check_closed("lend, drop", &[0], "who drops a connection may have left half a response on it");
        let counts = PoolCounts { connects: 1, discards: 1, ..PoolCounts::default() };
        scene.check_counts("lend, drop", counts, "one discard, and its place is free");
    }

    #[test]
    fn redials_in_the_same_place() {
        let scene = scene(PoolLimits { connections: 1, ..limits() });
        let dead = scene.lent();
        let mut again = Task::new(dead.redial(async || {
            scene.check_closed("redial, while it dials", &[0], "first the dead one is closed");
            check("redial, while it dials", scene.pool.counts().lent, 1, "it keeps its place");
            Ok::<_, &str>(scene.upstream.open())
        }));
        again.gives("redial", "connection 1", "the request goes on with a new connection");
        let counts = PoolCounts { connects: 2, discards: 2, ..PoolCounts::default() };
        scene.check_counts("redial, drop", counts, "two opened, two closed");
    }

    #[test]
    fn frees_the_place_when_the_redial_fails() {
        let scene = scene(limits());
        let got = Task::new(scene.lent().redial(async || Err("connection refused"))).poll();
        check("redial, refused", outcome(got), "connection refused".to_owned(), "the request wants to know why");
        let counts = PoolCounts { connects: 1, discards: 1, ..PoolCounts::default() };
        scene.check_counts("redial, refused", counts, "only the first one was ever opened");
    }
}

mod step_2_give_back {
    use super::*;

    #[test]
    fn keeps_a_connection_that_is_quiet() {
        let scene = scene(limits());
        scene.lent().give_back(0);
        scene.check_closed("lend, give back", &[], "a good connection stays open for the next request");
        let counts = PoolCounts { connects: 1, idle: 1, ..PoolCounts::default() };
        scene.check_counts("lend, give back", counts, "it is idle, and its place is free");
    }

    #[test]
    fn closes_one_with_something_unread() {
        let scene = scene(limits());
        let lent = scene.lent();
        lent.noisy.store(true, Ordering::SeqCst);
        lent.give_back(0);
        scene.check_closed("give back, bytes unread", &[0], "the next request would read them as its response");
        let counts = PoolCounts { connects: 1, discards: 1, ..PoolCounts::default() };
        scene.check_counts("give back, bytes unread", counts, "one discard, and its place is free");
    }

    #[test]
    fn looks_without_a_system_call() {
        let scene = scene(limits());
        let lent = scene.lent();
        lent.noisy_in_secret.store(true, Ordering::SeqCst);
        lent.give_back(0);
        let why = "whoever lends it next looks again, as closely as it needs: a quick look is enough here";
        scene.check_closed("give back, bytes on their way", &[], why);
    }

    #[test]
    fn keeps_no_more_than_the_limit() {
        let scene = scene(PoolLimits { idle: 2, ..limits() });
        scene.idle_since(&[0, 0, 0]);
        let counts = PoolCounts { connects: 3, idle: 2, discards: 1, ..PoolCounts::default() };
        scene.check_counts("give back 3, limit 2", counts, "the one too many is closed");
        scene.check_closed("give back 3, limit 2", &[2], "the one too many is closed");
    }

    #[test]
    fn closes_those_whose_time_is_over() {
        let scene = scene(limits());
        scene.idle_since(&[0, 1, 99]);
        scene.check_closed("back at 0, 1 and 99 ms, limit 100 ms", &[], "none was idle for 100 ms");
        scene.pool.expire(100);
        scene.check_closed("expire at 100 ms", &[0], "the first has been idle for 100 ms");
        let counts = PoolCounts { connects: 3, discards: 1, idle: 2, ..PoolCounts::default() };
        scene.check_counts("expire at 100 ms", counts, "the others have not");
    }

    #[test]
    fn closes_the_old_ones_first_and_then_has_room() {
        let scene = scene(PoolLimits { idle: 1, ..limits() });
        let (early, late) = (scene.lent(), scene.lent());
        early.give_back(0);
        late.give_back(100);
        scene.check_closed("back at 0 and 100 ms, room for 1", &[0], "the first had been idle for 100 ms");
        check("back at 0 and 100 ms, room for 1", scene.pool.counts().idle, 1, "so there was room for the second");
    }
}

mod step_3_reuse {
    use super::*;

    #[test]
    fn lends_the_idle_connection_again() {
        let scene = scene(limits());
        scene.lent().give_back(0);
        let again = scene.lent_at(1);
        check("lend, give back, lend", (again.number, again.reused()), (0, true), "it was idle, and it is good");
        let counts = PoolCounts { connects: 1, reuses: 1, lent: 1, ..PoolCounts::default() };
        scene.check_counts("lend, give back, lend", counts, "one connect for two requests");
    }

    #[test]
    fn lends_the_one_that_came_back_last() {
        let scene = scene(limits());
        scene.idle_since(&[0, 1, 2]);
        let numbers = [scene.lent_at(3), scene.lent_at(3), scene.lent_at(3)].map(|lent| lent.number);
        check("back: 0, 1, 2", numbers, [2, 1, 0], "the warmest connection is the likeliest to live");
    }

    #[test]
    fn lends_no_connection_to_two_requests() {
        let scene = scene(limits());
        scene.lent().give_back(0);
        let (first, second) = (scene.lent(), scene.lent());
        check("one idle, two ask", (first.number, second.number), (0, 1), "a lent connection is not idle any more");
    }

    #[test]
    fn passes_over_dead_connections() {
        let scene = scene(limits());
        let lent = [scene.lent(), scene.lent(), scene.lent()];
        let noisy = [&lent[1], &lent[2]].map(|lent| lent.noisy.clone());
        lent.into_iter().for_each(|lent| lent.give_back(0));
        noisy.iter().for_each(|noisy| noisy.store(true, Ordering::SeqCst));
        scene.asking(1, Look::Quick).gives("idle: 0, 1 dead, 2 dead", "connection 0", "behind the dead is a good one");
        scene.check_closed("idle: 0, 1 dead, 2 dead", &[2, 1, 0], "the dead ones are closed on the way");
        let counts = PoolCounts { connects: 3, reuses: 1, discards: 3, ..PoolCounts::default() };
        scene.check_counts("idle: 0, 1 dead, 2 dead", counts, "what is thrown away is a discard");
    }

    #[test]
    fn dials_when_all_idle_ones_are_dead() {
        let scene = scene(limits());
        scene.dies_while_idle();
        scene.asking(1, Look::Quick).gives("idle: 0 dead", "connection 1", "nothing good is idle, so the pool dials");
    }

    #[test]
    fn passes_over_those_whose_time_is_over() {
        for (now_ms, expected) in [(99, "connection 0"), (100, "connection 1"), (u64::MAX, "connection 1")] {
            let scene = scene(limits());
            scene.lent().give_back(0);
            let input = format!("back at 0 ms, lend at {now_ms} ms, limit 100 ms");
            let why = "after the limit, the upstream may close it at any moment";
            scene.asking(now_ms, Look::Quick).gives(&input, expected, why);
        }
    }

    #[test]
    fn takes_a_clock_that_is_a_little_behind() {
        let scene = scene(limits());
        scene.lent().give_back(5);
        let why = "two tasks read the clock at different moments: no time has passed, rather than a negative one";
        scene.asking(3, Look::Quick).gives("back at 5 ms, lend at 3 ms", "connection 0", why);
    }

    #[test]
    fn looks_as_closely_as_it_is_asked_to() {
        for (look, expected) in [(Look::Quick, "connection 0"), (Look::Sure, "connection 1")] {
            let scene = scene(limits());
            let lent = scene.lent();
            lent.noisy_in_secret.store(true, Ordering::SeqCst);
            lent.give_back(0);
            let got = outcome(scene.asking(0, look).poll());
            let why = "a request that cannot be sent twice asks for the sure look";
            check(&format!("idle: 0, found dead by a sure look; asked for {look:?}"), got, expected.to_owned(), why);
        }
    }

    #[test]
    fn holds_no_lock_while_it_looks() {
        let scene = scene(limits());
        let mut lent = scene.lent();
        let pool = Arc::downgrade(&scene.pool);
        lent.looked = Some(Box::new(move || {
            let pool = pool.upgrade().expect("the pool lives as long as the scene");
            check_lock_is_free(&pool, "lend, while it looks", "a look can be a system call");
        }));
        lent.give_back(0);
        scene.asking(0, Look::Sure).gives("idle: 0", "connection 0", "it is good");
    }

    #[test]
    fn holds_no_lock_while_it_dials() {
        let scene = scene(limits());
        scene.dies_while_idle();
        let mut asking = Task::new(scene.pool.lend(0, Look::Quick, async || {
            check_lock_is_free(&scene.pool, "lend, while it dials", "a dial takes a round trip");
            Ok(scene.upstream.open())
        }));
        asking.gives("idle: 0 dead", "connection 1", "nothing good is idle");
    }

    #[test]
    fn a_redialled_connection_is_not_a_reused_one() {
        let scene = scene(limits());
        scene.lent().give_back(0);
        let dead = scene.lent();
        match Task::new(dead.redial(async || Ok::<_, &str>(scene.upstream.open()))).poll() {
            Some(Ok(lent)) => {
                let why = "a new connection that breaks is the upstream's fault, and no reason to try again";
                check("lend 0 again, redial", (lent.number, lent.reused()), (1, false), why);
            }
            other => panic!("input: lend 0 again, redial\nexpected: connection 1\ngot: {}", outcome(other)),
        };
    }

    #[test]
    fn serves_a_hundred_requests_in_a_row_with_one_connection() {
        let scene = scene(limits());
        for now_ms in 0..100 {
            scene.lent_at(now_ms).give_back(now_ms);
        }
        let counts = PoolCounts { connects: 1, reuses: 99, idle: 1, ..PoolCounts::default() };
        scene.check_counts("100 requests, one after another", counts, "one connect, 99 reuses");
    }
}

mod step_4_wait {
    use super::*;

    fn one_place() -> Scene {
        scene(PoolLimits { connections: 1, ..limits() })
    }

    /// Polls each of them once, in this order; every one of them has to wait.
    fn all_wait(waiting: &mut [Lending<'_>]) {
        for (at, task) in waiting.iter_mut().enumerate() {
            let why = "every place is taken";
            task.gives(&format!("request {at} asks"), "it waits", why);
        }
    }

    fn wakes(waiting: &[Lending<'_>]) -> Vec<usize> {
        waiting.iter().map(Task::wakes).collect()
    }

    #[test]
    fn a_request_beyond_the_bound_waits_for_a_connection() {
        let scene = one_place();
        let lent = scene.lent();
        let mut waiting = [scene.asking(0, Look::Quick)];
        all_wait(&mut waiting);
        check("one place, it is taken", scene.pool.counts().waits, 1, "one request has waited");
        check("one place, it is taken", wakes(&waiting), vec![0], "a waiter that wakes itself keeps a core busy");
        lent.give_back(0);
        check("… and it is given back", wakes(&waiting), vec![1], "whoever waits is woken");
        waiting[0].gives("… and the waiter is polled", "connection 0", "it gets the connection that came back");
    }

    #[test]
    fn counts_no_wait_when_a_place_is_free() {
        let scene = one_place();
        scene.lent().give_back(0);
        drop(scene.lent());
        check("one place, two requests in turn", scene.pool.counts().waits, 0, "nobody had to wait");
    }

    #[test]
    fn a_dropped_connection_frees_its_place_for_a_waiter() {
        let scene = one_place();
        let lent = scene.lent();
        let mut waiting = [scene.asking(0, Look::Quick)];
        all_wait(&mut waiting);
        drop(lent);
        waiting[0].gives("the lent one is dropped", "connection 1", "the waiter has a place, and dials");
    }

    #[test]
    fn waiters_are_served_in_the_order_of_coming() {
        let scene = one_place();
        let mut lent = scene.lent();
        let mut waiting = [0, 0, 0].map(|now_ms| scene.asking(now_ms, Look::Quick));
        all_wait(&mut waiting);
        for turn in 0..3 {
            lent.give_back(0);
            let expected = (0..3).map(|at| usize::from(at <= turn)).collect();
            let input = format!("three wait, {} came back", turn + 1);
            check(&input, wakes(&waiting), expected, "one connection wakes one waiter: who came first");
            lent = match waiting[turn].poll() {
                Some(Ok(lent)) => lent,
                other => panic!("input: {input}\nexpected: connection 0\ngot: {}", outcome(other)),
            };
        }
    }

    #[test]
    fn a_newcomer_does_not_overtake() {
        let scene = one_place();
        let lent = scene.lent();
        let mut waiting = [scene.asking(0, Look::Quick), scene.asking(0, Look::Quick)];
        all_wait(&mut waiting[..1]);
        lent.give_back(0);
        waiting[1].gives("one waits, one comes, one place", "it waits", "the place is the first one's already");
        waiting[0].gives("… and the first is polled", "connection 0", "it was its turn");
    }

    #[test]
    fn a_cancelled_waiter_leaves_the_queue() {
        let scene = one_place();
        let lent = scene.lent();
        let mut waiting = [0, 0].map(|now_ms| scene.asking(now_ms, Look::Quick));
        all_wait(&mut waiting);
        let [first, mut second] = waiting;
        drop(first);
        lent.give_back(0);
        check("two wait, the first is cancelled, one comes back", second.wakes(), 1, "the second is the first now");
        second.gives("… and it is polled", "connection 0", "its turn");
    }

    #[test]
    fn a_waiter_that_is_cancelled_in_its_turn_passes_it_on() {
        let scene = one_place();
        let lent = scene.lent();
        let mut waiting = [0, 0].map(|now_ms| scene.asking(now_ms, Look::Quick));
        all_wait(&mut waiting);
        lent.give_back(0);
        let [first, mut second] = waiting;
        check("two wait, one comes back", (first.wakes(), second.wakes()), (1, 0), "the first was woken");
        drop(first);
        check("… the first is cancelled before it runs", second.wakes(), 1, "a turn not taken is the next one's");
        second.gives("… and the second is polled", "connection 0", "its turn");
    }

    #[test]
    fn a_dial_that_comes_to_nothing_lets_the_next_one_in() {
        let scene = one_place();
        let mut dialling = scene.asking_in_vain();
        dialling.gives("a dial without an answer", "it waits", "the dial is under way");
        let (mut refused, mut last) = (scene.asking_to_be_refused(), scene.asking(0, Look::Quick));
        for task in [&mut refused, &mut last] {
            task.gives("the place is taken", "it waits", "who dials holds a place");
        }
        drop(dialling);
        check("the dial is cancelled", (refused.wakes(), last.wakes()), (1, 0), "its place is the next one's");
        refused.gives("… who is refused", "connection refused", "the upstream's word");
        last.gives("… and lets the last one in", "connection 0", "a failed dial holds nothing");
    }

    #[test]
    fn a_bound_of_nothing_is_a_bound_of_one() {
        let scene = scene(PoolLimits { connections: 0, ..limits() });
        check("connections: 0", scene.lent().number, 0, "a pool that lends nothing would never answer");
    }

    #[test]
    fn a_bound_may_be_as_large_as_a_number_can_be() {
        let scene = scene(PoolLimits { connections: usize::MAX, ..limits() });
        let lent = scene.lent();
        check("connections: usize::MAX", (lent.number, scene.pool.counts().lent), (0, 1), "no bound to speak of");
    }

    #[test]
    fn threads_lose_no_connection_and_open_no_more_than_the_bound() {
        const THREADS: usize = 8;
        const ROUNDS: usize = 60;
        let scene = scene(PoolLimits { connections: 3, ..limits() });
        let held = [scene.lent(), scene.lent(), scene.lent()];
        let (queued, all_queued) = mpsc::channel::<()>();
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (scene, queued) = (&scene, queued.clone());
                scope.spawn(move || {
                    let mut asking = scene.asking(0, Look::Quick);
                    let polled = asking.poll();
                    drop(queued);
                    check("every place is held", outcome(polled), "it waits".to_owned(), "all have to queue first");
                    for round in 0..ROUNDS {
                        let lent = block_on(asking.future.as_mut()).expect("this upstream refuses nobody");
                        thread::yield_now();
                        if (thread + round) % 5 > 0 {
                            lent.give_back(0);
                        } else {
                            drop(lent);
                        }
                        // A request that asks, perhaps gets into the queue or has a connection, and goes away.
                        drop(scene.asking(0, Look::Quick).poll());
                        asking = scene.asking(0, Look::Quick);
                    }
                });
            }
            // Nobody sends: the channel closes when the last thread has queued, or has panicked.
            drop(queued);
            all_queued.recv().expect_err("nobody sends");
            drop(held);
        });
        let counts = scene.pool.counts();
        let input = "8 threads, 60 rounds, 3 places";
        check(input, counts.lent, 0, "every place is free again");
        let (opened, closed) = (scene.upstream.dialled.load(Ordering::SeqCst), scene.upstream.closed().len());
        let told = (counts.connects, counts.discards);
        check(input, told, (opened as u64, closed as u64), "the counts are what happened");
        check(input, opened, closed + counts.idle, "each connection is closed or idle: none is lost");
        let most = scene.upstream.most_open.load(Ordering::SeqCst);
        check(input, most <= 3, true, &format!("{most} connections were open at one time, and 3 are the bound"));
    }
}
