//! The drill `it_may_outlive_you` before the oracle: the requests are sent when `start` has returned.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use it_may_outlive_you::Settings;
use oracle_support::{Input, answer_all, at_once, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let start: fn(Settings, Receiver<String>) -> JoinHandle<Vec<String>> = it_may_outlive_you::start;
    match call {
        "Start" => {
            let (via, targets) = (input.text(), input.list(Input::text));
            let (sender, requests) = channel();
            let worker = at_once("start", move || start(Settings { via }, requests));
            // A worker that has ended already takes none.
            let taken = targets.into_iter().filter(|target| sender.send(target.clone()).is_ok()).count();
            drop(sender);
            let answers = at_once("the worker", || worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
            format!("{taken} taken, answers: {}", listed(answers))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
