//! The drill `arc_of_a_borrow` before the oracle: the bodies come when `start` has returned.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use arc_of_a_borrow::Config;
use oracle_support::{Input, answer_all, at_once};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let start: fn(Config, Vec<Receiver<usize>>) -> Vec<JoinHandle<Vec<bool>>> = arc_of_a_borrow::start;
    match call {
        "Start" => {
            let (limit, lengths) = (input.size(), input.list(|input| input.list(Input::size)));
            let certificate = Arc::new(vec![1]);
            let config = Config { limit, certificate: Arc::clone(&certificate) };
            let (senders, queues): (Vec<_>, Vec<_>) = lengths.iter().map(|_| channel()).unzip();
            let workers = at_once("start", move || start(config, queues));
            let pairs = senders.iter().zip(lengths);
            let taken: usize = pairs.map(|(to, all)| all.into_iter().filter(|&one| to.send(one).is_ok()).count()).sum();
            drop(senders);
            let join = |worker: JoinHandle<Vec<bool>>| worker.join().unwrap_or_else(|panic| resume_unwind(panic));
            let said: Vec<_> = at_once("a worker", move || workers.into_iter().map(join).collect());
            format!("{taken} taken, let through: {said:?}, leaked: {}", Arc::strong_count(&certificate) > 1)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
