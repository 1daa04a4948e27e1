//! An Arc of a borrow: the workers share one configuration, and go on when `start` has returned.
//!
//! An `Arc` keeps alive what is inside it. Inside an `Arc<&Config>` is a loan, and nobody keeps the configuration
//! itself. The owner has to go into the `Arc`.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread::{self, JoinHandle};

/// What all workers need to know. There is one, with its certificate, and it can't be cloned.
pub struct Config {
    /// The longest body that is let through, in bytes.
    pub limit: usize,
    /// Others have shares of it, too: who replaces it wants to know when the last one is gone.
    pub certificate: Arc<Vec<u8>>,
}

/// Starts a worker for each queue. It says of each body, by its length, whether it is let through.
pub fn start(config: Config, queues: Vec<Receiver<usize>>) -> Vec<JoinHandle<Vec<bool>>> {
    // exercise: begin
    let config = Arc::new(config);
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
    // exercise: stub
    // let config = Arc::new(&config);
    // let mut workers = Vec::new();
    // for queue in queues {
    //     let config = Arc::clone(&config);
    //     workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    // }
    // workers
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    /// Sends each worker its lengths when all have been started; gives what they said, and what is left of the config.
    fn run(limit: usize, lengths: &[&[usize]]) -> (Vec<Vec<bool>>, usize) {
        let certificate = Arc::new(vec![1, 2, 3]);
        let (senders, queues): (Vec<_>, Vec<_>) = lengths.iter().map(|_| channel()).unzip();
        let workers = start(Config { limit, certificate: Arc::clone(&certificate) }, queues);
        for (sender, &lengths) in senders.iter().zip(lengths) {
            lengths.iter().for_each(|&length| sender.send(length).expect("the worker ends when its sender is gone"));
        }
        drop(senders);
        let said = workers.into_iter().map(|worker| worker.join().expect("the worker panicked: see above")).collect();
        (said, Arc::strong_count(&certificate) - 1)
    }

    fn check(limit: usize, lengths: &[&[usize]], expected: &[&[bool]], why: &str) {
        let (got, _) = run(limit, lengths);
        assert!(got == expected, "{why}\ninput: limit {limit}, {lengths:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn a_worker_knows_the_limit_when_start_has_returned() {
        check(100, &[&[99, 100, 101]], &[&[true, true, false]], "the limit itself is let through");
    }

    #[test]
    fn all_workers_share_one_configuration() {
        check(7, &[&[8], &[7, 9], &[]], &[&[false], &[true, false], &[]], "three workers, and each has its own queue");
    }

    #[test]
    fn the_configuration_goes_with_the_last_worker() {
        let (_, left) = run(10, &[&[1], &[11]]);
        assert!(
            left == 0,
            "leaked: the configuration is in memory for ever, and so is its certificate\n\
             input: two workers, both have ended\nexpected: 0 shares of the certificate besides the caller's\n\
             got: {left}"
        );
    }
}
