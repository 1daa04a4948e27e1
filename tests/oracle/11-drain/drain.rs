//! Part 11 before the oracle: a stop and a handover under a schedule, in which a future is polled when it was woken.
//!
//! No clock, no socket: a deadline is a future that a step of the schedule ends.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use oracle_support::{Input, answer_all, listed};
use part_drain::{Controller, Gate, Handover, News, Running, Successor};
use wire::drain::{Drained, Succession};

/// How long a call that never has to wait may take before somebody must be holding a lock.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How often a future may wake itself without an end.
const MOST: usize = 100;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let steps = input.list(Input::text);
    match call {
        "Stop" => {
            let mut scene = Stop::new();
            listed(steps.iter().map(|step| format!("{step}: {}", scene.play(step))))
        }
        "Restart" => {
            let mut scene = Restart::new();
            listed(steps.iter().map(|step| format!("{step}: {}", scene.play(step))))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// Futures by name, each polled when it was woken.
#[derive(Default)]
struct Tasks(BTreeMap<String, Task>);

struct Task {
    future: Pin<Box<dyn Future<Output = String>>>,
    woken: Arc<Flag>,
}

/// Set by the waker, and by whoever begins a task.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Tasks {
    fn begin(&mut self, name: &str, future: impl Future<Output = String> + 'static) {
        let woken = Arc::new(Flag(AtomicBool::new(true)));
        self.0.insert(name.to_owned(), Task { future: Box::pin(future), woken });
    }

    /// Polls what was woken until nothing is, and tells what came to its end.
    fn run(&mut self) -> Vec<String> {
        let mut ended = Vec::new();
        for _ in 0..MOST {
            let next = self.0.iter_mut().find(|(_, task)| task.woken.0.swap(false, Ordering::SeqCst));
            let Some((name, task)) = next else { return ended };
            let name = name.clone();
            let waker = Waker::from(task.woken.clone());
            if let Poll::Ready(value) = task.future.as_mut().poll(&mut Context::from_waker(&waker)) {
                ended.push(format!("{name} ends: {value}"));
                self.0.remove(&name);
            }
        }
        ended.push(String::from("somebody wakes itself without an end"));
        ended
    }
}

/// A deadline that a step of the schedule ends.
#[derive(Clone, Default)]
struct Deadline(Arc<Mutex<(bool, Option<Waker>)>>);

impl Deadline {
    fn pass(&self) {
        let waker = {
            let mut state = self.0.lock().expect("nobody panics under this lock");
            state.0 = true;
            state.1.take()
        };
        waker.into_iter().for_each(Waker::wake);
    }

    fn future(&self) -> impl Future<Output = ()> + 'static {
        let state = self.0.clone();
        poll_fn(move |context| {
            let mut state = state.lock().expect("nobody panics under this lock");
            if state.0 {
                return Poll::Ready(());
            }
            state.1 = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

/// A gate, who is inside, and a stop.
struct Stop {
    gate: Gate,
    controller: Option<Controller>,
    inside: BTreeMap<String, Running>,
    deadline: Deadline,
    tasks: Tasks,
}

impl Stop {
    fn new() -> Self {
        fn is_send_sync<T: Send + Sync>(value: T) -> T {
            value
        }
        let gate: fn() -> (Gate, Controller) = part_drain::gate;
        let (gate, controller) = gate();
        Self {
            gate: is_send_sync(gate),
            controller: Some(is_send_sync(controller)),
            inside: BTreeMap::new(),
            deadline: Deadline::default(),
            tasks: Tasks::default(),
        }
    }

    /// Does what a step says, or several parts of it at once, and then lets run what was woken.
    fn play(&mut self, step: &str) -> String {
        let mut said: Vec<String> = step.split(", ").map(|part| self.does(part)).collect();
        said.extend(self.tasks.run());
        said.retain(|word| !word.is_empty());
        said.join("; ")
    }

    fn does(&mut self, part: &str) -> String {
        let news: fn(&Running) -> &News = Running::news;
        match part.split(' ').collect::<Vec<_>>()[..] {
            [name, "enters"] => match self.enter() {
                Some(running) => {
                    self.inside.insert(name.to_owned(), running);
                    String::from("is in")
                }
                None => String::from("the door is shut"),
            },
            // Who was not let in has nothing to leave, to ask or to hear.
            [name, "leaves"] => self.inside.remove(name).map_or("nobody", |_| "has left").to_owned(),
            [name, "asks"] => self
                .inside
                .get(name)
                .map_or_else(|| String::from("nobody"), |running| news(running).is_draining().to_string()),
            ["outside", "listens"] => {
                let news = Gate::news(&self.gate);
                self.listen("outside", news)
            }
            [name, "listens"] => match self.inside.get(name).map(|running| news(running).clone()) {
                Some(news) => self.listen(name, news),
                None => String::from("nobody"),
            },
            [name, "forgets"] => self.tasks.0.remove(name).map_or("nobody", |_| "listens no more").to_owned(),
            ["controller", "goes"] => {
                drop(self.controller.take());
                String::new()
            }
            ["stop", "begins"] => {
                let drain = Controller::drain(self.controller.take().expect("one stop a case"), self.deadline.future());
                let told = async move {
                    let drained: Drained = drain.await;
                    format!("{drained:?}")
                };
                self.tasks.begin("the stop", told);
                String::new()
            }
            // Nobody polls it: a future that is only made does nothing.
            ["stop", "is", "made", "and", "kept"] => {
                let drain = Controller::drain(self.controller.take().expect("one stop a case"), self.deadline.future());
                let idle = poll_fn(move |_| {
                    let _kept = &drain;
                    Poll::Pending
                });
                self.tasks.begin("nobody", idle);
                String::new()
            }
            ["deadline", "passes"] => {
                self.deadline.pass();
                String::new()
            }
            ref other => unreachable!("the case maker knows no step {other:?}"),
        }
    }

    /// Enters on another thread, as another accept loop would: it must not wait for a lock.
    fn enter(&self) -> Option<Running> {
        let enter: fn(&Gate) -> Option<Running> = Gate::enter;
        let (gate, (give, take)) = (self.gate.clone(), mpsc::channel());
        thread::spawn(move || give.send(enter(&gate)));
        take.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("enter gives no answer: is a lock still held?"))
    }

    fn listen(&mut self, name: &str, news: News) -> String {
        self.tasks.begin(name, async move {
            news.draining().await;
            String::from("heard of the stop")
        });
        String::new()
    }
}

/// A process that waits for its successor, and whoever watches that one.
struct Restart {
    successor: Arc<Mutex<Option<Successor>>>,
    handover: Option<Handover>,
    deadline: Deadline,
    tasks: Tasks,
}

impl Restart {
    fn new() -> Self {
        let handover: fn() -> (Successor, Handover) = part_drain::handover;
        let (successor, handover) = handover();
        Self {
            successor: Arc::new(Mutex::new(Some(successor))),
            handover: Some(handover),
            deadline: Deadline::default(),
            tasks: Tasks::default(),
        }
    }

    fn play(&mut self, step: &str) -> String {
        let mut said: Vec<String> = step.split(", ").map(|part| self.does(part)).collect();
        said.extend(self.tasks.run());
        said.retain(|word| !word.is_empty());
        said.join("; ")
    }

    fn does(&mut self, part: &str) -> String {
        match part {
            "waits" => self.wait(self.deadline.future()),
            // The successor gets ready while the deadline is looked at, which passes at that moment.
            "waits for one that is ready at the deadline" => {
                let (successor, deadline) = (self.successor.clone(), self.deadline.future());
                self.wait(async move {
                    deadline.await;
                    assert_eq!(ready(&successor), "told: true", "the other side still waits");
                })
            }
            "ready" => ready(&self.successor),
            "successor goes" => {
                drop(self.successor.lock().expect("nobody panics under this lock").take());
                String::new()
            }
            "handover goes" => {
                drop(self.handover.take());
                self.tasks.0.clear();
                String::new()
            }
            "deadline passes" => {
                self.deadline.pass();
                String::new()
            }
            other => unreachable!("the case maker knows no step {other}"),
        }
    }

    fn wait(&mut self, deadline: impl Future<Output = ()> + 'static) -> String {
        let outcome = Handover::outcome(self.handover.take().expect("one wait a case"), deadline);
        self.tasks.begin("the wait", async move {
            let outcome: Succession = outcome.await;
            format!("{outcome:?}")
        });
        String::new()
    }
}

fn ready(successor: &Mutex<Option<Successor>>) -> String {
    let ready: fn(Successor) -> bool = Successor::ready;
    let taken = successor.lock().expect("nobody panics under this lock").take();
    taken.map_or_else(|| String::from("nobody"), |successor| format!("told: {}", ready(successor)))
}
