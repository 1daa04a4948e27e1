//! Part 11 before the oracle: a stop and a handover under a schedule, in which a future is polled when it was woken.
//!
//! No clock, no socket: a deadline is a future that a step of the schedule ends.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use oracle_support::{Input, Moment, Tasks, answer_all, at_once, listed};
use part_drain::{Controller, Gate, Handover, News, Running, Successor};
use wire::drain::{Drained, Succession};

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

/// A gate, who is inside, and a stop.
struct Stop {
    gate: Gate,
    controller: Option<Controller>,
    inside: BTreeMap<String, Running>,
    deadline: Moment,
    tasks: Tasks<String>,
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
            deadline: Moment::default(),
            tasks: Tasks::default(),
        }
    }

    /// Does what a step says, or several parts of it at once, and then lets run what was woken.
    fn play(&mut self, step: &str) -> String {
        let mut said: Vec<String> = step.split(", ").map(|part| self.does(part)).collect();
        said.extend(self.tasks.run().into_iter().map(|(name, value)| format!("{name} ends: {value}")));
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
            [name, "forgets"] => if self.tasks.cancel(name) { "listens no more" } else { "nobody" }.to_owned(),
            ["controller", "goes"] => {
                drop(self.controller.take());
                String::new()
            }
            ["stop", "begins"] => {
                let drain =
                    Controller::drain(self.controller.take().expect("one stop a case"), self.deadline.reached());
                let told = async move {
                    let drained: Drained = drain.await;
                    format!("{drained:?}")
                };
                self.tasks.begin("the stop", told);
                String::new()
            }
            // Nobody polls it: a future that is only made does nothing.
            ["stop", "is", "made", "and", "kept"] => {
                let drain =
                    Controller::drain(self.controller.take().expect("one stop a case"), self.deadline.reached());
                let idle = poll_fn(move |_| {
                    let _kept = &drain;
                    Poll::Pending
                });
                self.tasks.begin("nobody", idle);
                String::new()
            }
            ["deadline", "passes"] => {
                self.deadline.comes();
                String::new()
            }
            ref other => unreachable!("the case maker knows no step {other:?}"),
        }
    }

    /// Enters on another thread, as another accept loop would: it must not wait for a lock.
    fn enter(&self) -> Option<Running> {
        let enter: fn(&Gate) -> Option<Running> = Gate::enter;
        let gate = self.gate.clone();
        at_once("enter", move || enter(&gate))
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
    deadline: Moment,
    tasks: Tasks<String>,
}

impl Restart {
    fn new() -> Self {
        let handover: fn() -> (Successor, Handover) = part_drain::handover;
        let (successor, handover) = handover();
        Self {
            successor: Arc::new(Mutex::new(Some(successor))),
            handover: Some(handover),
            deadline: Moment::default(),
            tasks: Tasks::default(),
        }
    }

    fn play(&mut self, step: &str) -> String {
        let mut said: Vec<String> = step.split(", ").map(|part| self.does(part)).collect();
        said.extend(self.tasks.run().into_iter().map(|(name, value)| format!("{name} ends: {value}")));
        said.retain(|word| !word.is_empty());
        said.join("; ")
    }

    fn does(&mut self, part: &str) -> String {
        match part {
            "waits" => self.wait(self.deadline.reached()),
            // The successor gets ready while the deadline is looked at, which passes at that moment.
            "waits for one that is ready at the deadline" => {
                let (successor, deadline) = (self.successor.clone(), self.deadline.reached());
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
                self.tasks.cancel("the wait");
                String::new()
            }
            "deadline passes" => {
                self.deadline.comes();
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
