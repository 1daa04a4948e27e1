//! It may outlive you: a worker gets the settings that the proxy has read, and goes on when its caller has returned.
//!
//! `start` returns at once, and the requests come later.
//! By then the variables of `start` are gone, so a worker that only looks at them would look at freed memory.
//! The bound `'static` of `thread::spawn` asks for that: nothing in the closure may be borrowed from a caller.
//! It does not ask for a constant.

use std::sync::mpsc::Receiver;
use std::thread::{self, JoinHandle};

/// What an operator wrote into a file. The proxy reads it when it starts.
pub struct Settings {
    /// The proxy's own name, for the `Via` field.
    pub via: String,
}

/// Starts a worker that answers each request, and gives its answers when no request can come any more.
pub fn start(settings: Settings, requests: Receiver<String>) -> JoinHandle<Vec<String>> {
    // exercise: begin
    thread::spawn(move || {
        let mut answers = Vec::new();
        for target in requests {
            answers.push(format!("{target} via {}", settings.via));
        }
        answers
    })
    // exercise: stub
    // thread::spawn(|| {
    //     let mut answers = Vec::new();
    //     for target in requests {
    //         answers.push(format!("{target} via {}", settings.via));
    //     }
    //     answers
    // })
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    /// Starts a worker first, and only then sends the requests.
    fn check(via: &str, targets: &[&str], why: &str) {
        let (sender, requests) = channel();
        let worker = start(Settings { via: via.to_owned() }, requests);
        for &target in targets {
            assert!(
                sender.send(target.to_owned()).is_ok(),
                "{why}\ninput: {target:?}, sent when start has returned\nexpected: a worker that takes it\n\
                 got: a worker that has ended"
            );
        }
        drop(sender);
        let got = worker.join().expect("the worker panicked: see the message above");
        let expected: Vec<String> = targets.iter().map(|target| format!("{target} via {via}")).collect();
        assert!(got == expected, "{why}\ninput: via {via:?}, {targets:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn answers_what_comes_after_start_has_returned() {
        check("cafe-proxy", &["/menu", "/order/7"], "the worker goes on when `start` has returned");
    }

    #[test]
    fn uses_the_settings_that_were_read() {
        let why = "the settings are read from a file while the program runs: nothing in the source can know them";
        check("cafe-proxy", &["/menu"], why);
        check("bar-proxy", &["/menu"], why);
    }

    #[test]
    fn ends_when_no_request_can_come() {
        check("cafe-proxy", &[], "the sender is gone, so the worker ends");
    }
}
