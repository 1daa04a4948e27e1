//! Somebody deploys a new version. The old process stops accepting, lets every connection finish its request, and
//! ends; or it goes on as if nothing had happened, because the new process never got ready.
//!
//! There is no socket, no clock and no sleep here: a deadline is a future that the test ends, and most futures are
//! polled by the test itself, so that each one stands exactly where the test wants it. Each module is a step, the
//! easiest case stands first, and a failure prints what was done, what was expected and what your code gave.

use part_drain::{Controller, Gate, Handover, Running, Successor, gate, handover};
use std::fmt::Debug;
use std::future::{Future, pending, ready};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;
use wire::drain::{Drained, Succession};

/// A future that the test polls by hand.
struct Task<T: 'static>(Pin<Box<dyn Future<Output = T>>>);

impl<T> Drop for Task<T> {
    /// After a failure the future is kept: a lock that it holds would be poisoned, and a thread that waits for that
    /// lock would put its own message in the place of ours.
    fn drop(&mut self) {
        if thread::panicking() {
            std::mem::forget(std::mem::replace(&mut self.0, Box::pin(pending())));
        }
    }
}

impl<T: Debug + PartialEq> Task<T> {
    fn new(future: impl Future<Output = T> + 'static) -> Self {
        Self(Box::pin(future))
    }

    fn poll(&mut self) -> Poll<T> {
        self.0.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    /// One case: what the next poll gives.
    fn gives(&mut self, done: &str, expected: Poll<T>, why: &str) {
        let got = self.poll();
        assert!(got == expected, "{why}\ndone: {done}\nexpected: {expected:?}\ngot: {got:?}");
    }
}

fn check<T: Debug + PartialEq>(done: &str, got: T, expected: T, why: &str) {
    assert!(got == expected, "{why}\ndone: {done}\nexpected: {expected:?}\ngot: {got:?}");
}

/// What `work` gives on a thread of its own; a deadlock is a failure after two seconds, and not a hang.
fn in_time<T: Send + 'static>(done: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (give, take) = mpsc::channel();
    let thread = thread::spawn(move || give.send(work()));
    match take.recv_timeout(Duration::from_secs(2)) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => {
            panic!(
                "no answer: is a lock still held, or a sender forgotten?\ndone: {done}\nexpected: an answer within 2 s"
            )
        }
        // It panicked, and its message is ours.
        Err(RecvTimeoutError::Disconnected) => match thread.join() {
            Ok(_) => unreachable!("it ends with an answer, or with a panic"),
            Err(panic) => resume_unwind(panic),
        },
    }
}

/// Wakes a thread that waits on a channel.
struct Bell(mpsc::Sender<()>);

impl Wake for Bell {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.send(()).ok();
    }
}

/// Runs `future` to its end, and sleeps until it is woken.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let (ring, rung) = mpsc::channel();
    let waker = Waker::from(std::sync::Arc::new(Bell(ring)));
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        rung.recv().expect("the waker lives as long as this function");
    }
}

fn inside(gate: &Gate) -> Running {
    gate.enter().expect("the door is open: nobody has called drain")
}

mod step_1_enter {
    use super::*;

    #[test]
    fn lets_a_connection_in() {
        let (gate, _controller) = gate();
        check("enter", gate.enter().is_some(), true, "the door is open");
    }

    #[test]
    fn lets_in_more_than_one() {
        let (gate, _controller) = gate();
        let held = [gate.enter(), gate.enter(), gate.enter()];
        let got = held.map(|running| running.is_some());
        check("enter, three times", got, [true; 3], "each connection gets a sender of its own");
    }

    #[test]
    fn lets_in_through_each_accept_loop() {
        let (gate, _controller) = gate();
        let other = gate.clone();
        let got = in_time("enter, on another thread", move || other.enter().is_some());
        check("enter, on another thread", (got, gate.enter().is_some()), (true, true), "two loops, one door");
    }

    #[test]
    fn tells_a_connection_that_nobody_stops() {
        let (gate, _controller) = gate();
        check("enter", inside(&gate).news().is_draining(), false, "the stop has not begun");
    }

    #[test]
    fn a_running_connection_can_go_to_another_thread() {
        fn is_send_sync<T: Send + Sync>(value: T) -> T {
            value
        }
        let (gate, controller) = gate();
        let running = is_send_sync(inside(&gate));
        in_time("drop on another thread", move || drop(running));
        drop((is_send_sync(gate), is_send_sync(controller)));
    }
}

/// A connection that is inside, and the controller.
fn scene() -> (Gate, Running, Controller) {
    let (gate, controller) = gate();
    let running = inside(&gate);
    (gate, running, controller)
}

mod step_2_draining {
    use super::*;

    /// The `draining` of a connection, which the task owns.
    fn listening(running: Running) -> Task<()> {
        Task::new(async move { running.news().draining().await })
    }

    #[test]
    fn waits_while_nobody_stops() {
        let (_gate, running, _controller) = scene();
        listening(running).gives("enter", Poll::Pending, "the stop has not begun");
    }

    #[test]
    fn does_not_take_the_news_away_from_others() {
        let (gate, running, _controller) = scene();
        let mut tasks = [listening(running), listening(inside(&gate))];
        for task in &mut tasks {
            task.gives("enter, twice", Poll::Pending, "the stop has not begun, for neither of them");
        }
    }

    #[test]
    fn can_be_asked_again_and_again() {
        let (_gate, running, _controller) = scene();
        for _ in 0..3 {
            // As in a select! whose other branch comes first each time: the future is dropped half-way.
            let mut asking = Box::pin(running.news().draining());
            let got = asking.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            check("draining, dropped, draining again", got, Poll::Pending, "the stop has not begun");
        }
    }

    #[test]
    fn ends_when_the_controller_is_gone() {
        let (_gate, running, controller) = scene();
        drop(controller);
        let why = "nobody is left who could ever say so: to wait would be to wait for ever";
        listening(running).gives("enter, drop the controller", Poll::Ready(()), why);
    }

    #[test]
    fn wakes_who_waits_for_the_controller() {
        let (_gate, running, controller) = scene();
        let (asked, is_asked) = mpsc::channel();
        let waiting = thread::spawn(move || {
            let mut asked = Some(asked);
            let mut draining = Box::pin(running.news().draining());
            block_on(std::future::poll_fn(|context| {
                let poll = draining.as_mut().poll(context);
                // The first poll is over, so the waker is in its place.
                asked.take().into_iter().for_each(|asked| asked.send(()).expect("the test waits for it"));
                poll
            }));
        });
        is_asked.recv_timeout(Duration::from_secs(2)).expect("draining was polled, and came back");
        drop(controller);
        in_time("drop the controller while a connection waits", move || waiting.join().expect("no panic"));
    }
}

mod step_3_drain {
    use super::*;

    fn draining(controller: Controller, deadline: impl Future<Output = ()> + 'static) -> Task<Drained> {
        Task::new(controller.drain(deadline))
    }

    #[test]
    fn ends_at_once_when_nobody_is_inside() {
        let (gate, controller) = gate();
        let why = "nobody is inside; if it waits, then for a sender that somebody forgot to drop";
        draining(controller, pending()).gives("drain", Poll::Ready(Drained::All), why);
        check("drain, enter", gate.enter().is_none(), true, "the door is shut");
    }

    #[test]
    fn waits_for_the_last_to_leave() {
        let (gate, first, controller) = scene();
        let second = inside(&gate);
        let mut stop = draining(controller, pending());
        stop.gives("enter, enter, drain", Poll::Pending, "two are inside");
        drop(first);
        stop.gives("… one leaves", Poll::Pending, "one is inside");
        drop(second);
        let why = "the last one has left; if it still waits, then for a sender that somebody forgot to drop";
        stop.gives("… the other one leaves", Poll::Ready(Drained::All), why);
    }

    #[test]
    fn shuts_the_door_before_it_waits() {
        let (gate, running, controller) = scene();
        let mut stop = draining(controller, pending());
        stop.gives("enter, drain", Poll::Pending, "one is inside");
        let other = gate.clone();
        let got = in_time("enter, drain, enter", move || other.enter().is_none());
        check("enter, drain, enter", got, true, "the stop has begun, and one more would be waited for");
        drop(running);
        stop.gives("… it leaves", Poll::Ready(Drained::All), "nobody else came in");
    }

    #[test]
    fn does_not_begin_before_it_is_polled() {
        let (gate, controller) = gate();
        let stop = controller.drain(pending());
        check("drain, not polled", gate.enter().is_some(), true, "a future does nothing until somebody polls it");
        drop(stop);
    }

    #[test]
    fn is_not_kept_up_by_who_only_listens() {
        let (gate, controller) = gate();
        let mut listens = Task::new({
            let news = gate.news();
            async move { news.draining().await }
        });
        listens.gives("nobody stops", Poll::Pending, "the stop has not begun");
        draining(controller, pending()).gives("drain", Poll::Ready(Drained::All), "news are heard outside, too");
        listens.gives("drain", Poll::Ready(()), "the stop has begun");
    }

    #[test]
    fn tells_everybody_inside() {
        let (gate, running, controller) = scene();
        let another = inside(&gate);
        let mut stop = draining(controller, pending());
        stop.gives("enter, enter, drain", Poll::Pending, "two are inside");
        check(
            "drain",
            (running.news().is_draining(), another.news().is_draining()),
            (true, true),
            "everybody inside has to know",
        );
        for running in [running, another] {
            let mut hears = Task::new(async move { running.news().draining().await });
            hears.gives("drain, draining", Poll::Ready(()), "the stop has begun");
        }
    }

    #[test]
    fn wakes_who_waits_for_the_stop() {
        let (_gate, running, controller) = scene();
        let got = in_time("a connection that leaves when it hears of the stop", move || {
            let connection = thread::spawn(move || block_on(running.news().draining()));
            let drained = block_on(controller.drain(pending()));
            connection.join().expect("no panic");
            drained
        });
        check("drain, the connection leaves", got, Drained::All, "it was told, and the stop saw it leave");
    }

    #[test]
    fn the_deadline_ends_it_and_counts_who_is_left() {
        let (gate, first, controller) = scene();
        let second = inside(&gate);
        let mut stop = draining(controller, ready(()));
        let cut = Poll::Ready(Drained::Cut { left: 2 });
        stop.gives("enter, enter, drain until now", cut, "the deadline has passed, and two are inside");
        drop((first, second));
    }

    #[test]
    fn who_has_left_is_not_cut_off() {
        let (_gate, running, controller) = scene();
        drop(running);
        let mut stop = draining(controller, ready(()));
        stop.gives("enter, leave, drain until now", Poll::Ready(Drained::All), "nobody is left, so nothing is cut");
    }

    #[test]
    fn a_gate_that_nobody_uses_is_not_waited_for() {
        let (gate, controller) = gate();
        let others = [gate.clone(), gate.clone()];
        draining(controller, pending()).gives("drain, with three gates", Poll::Ready(Drained::All), "nobody is inside");
        drop(others);
    }
}

mod step_4_outcome {
    use super::*;

    fn waiting(handover: Handover, deadline: impl Future<Output = ()> + 'static) -> Task<Succession> {
        Task::new(handover.outcome(deadline))
    }

    fn scene() -> (Successor, Handover) {
        handover()
    }

    #[test]
    fn waits_for_the_successor() {
        let (_successor, handover) = scene();
        waiting(handover, pending()).gives("spawn", Poll::Pending, "there is no news yet");
    }

    #[test]
    fn hands_over_to_a_successor_that_is_ready() {
        let (successor, handover) = scene();
        let mut outcome = waiting(handover, pending());
        outcome.gives("spawn", Poll::Pending, "there is no news yet");
        check("spawn, ready", successor.ready(), true, "somebody waits for this news");
        outcome.gives("spawn, ready", Poll::Ready(Succession::TakesOver), "it accepts connections");
    }

    #[test]
    fn goes_on_when_the_successor_fails() {
        let (successor, handover) = scene();
        drop(successor);
        let why = "whoever watched the process has dropped its end: there will be no news";
        waiting(handover, pending()).gives("spawn, it exits", Poll::Ready(Succession::Failed), why);
    }

    #[test]
    fn goes_on_when_the_successor_is_too_late() {
        let (successor, handover) = scene();
        let mut outcome = waiting(handover, ready(()));
        outcome.gives("spawn, deadline", Poll::Ready(Succession::TooLate), "it was not ready in time");
        check("… ready", successor.ready(), false, "nobody waits any more: the successor has to be told to end");
    }

    #[test]
    fn prefers_good_news_to_the_deadline() {
        let (successor, handover) = scene();
        check("spawn, ready", successor.ready(), true, "somebody waits for this news");
        let mut outcome = waiting(handover, ready(()));
        outcome.gives("spawn, ready, deadline", Poll::Ready(Succession::TakesOver), "both are there at the same time");
    }

    #[test]
    fn both_sides_agree_when_the_news_comes_with_the_deadline() {
        let (successor, handover) = scene();
        // The news comes while the future looks at its deadline, which ends at that moment.
        let deadline = async move {
            check("ready, at the deadline", successor.ready(), true, "the other side still waits");
        };
        let why = "`ready` has said true, so the successor serves: whoever calls it too late would kill it";
        waiting(handover, deadline).gives("spawn, ready at the deadline", Poll::Ready(Succession::TakesOver), why);
    }

    #[test]
    fn wakes_who_waits_for_the_successor() {
        let (successor, handover) = scene();
        let got = in_time("ready, on another thread", move || {
            let watcher = thread::spawn(move || successor.ready());
            let outcome = block_on(handover.outcome(pending()));
            (watcher.join().expect("no panic"), outcome)
        });
        check("ready, on another thread", got, (true, Succession::TakesOver), "both sides agree");
    }
}
