//! The log ends: workers send their lines to one log thread, which ends when no line can come any more.
//!
//! A channel closes when its last sender is gone, and not when nobody sends for a while.
//! As long as one sender lives, a line may still come, and the log waits for it. For ever, if need be.

use std::sync::mpsc;
use std::thread;

/// Serves each worker's targets on a thread of its own, and gives the lines of the log, sorted.
pub fn serve(workers: Vec<Vec<String>>) -> Vec<String> {
    let (sender, lines) = mpsc::channel();
    let log = thread::spawn(move || {
        let mut written = Vec::new();
        for line in lines {
            written.push(line);
        }
        written.sort();
        written
    });
    // exercise: begin
    for targets in workers {
        let sender = sender.clone();
        thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).expect("the log ends after all workers");
            }
        });
    }
    // Each worker has a sender of its own. This one would keep the channel open for ever.
    drop(sender);
    // exercise: stub
    // for targets in workers {
    //     let sender = sender.clone();
    //     thread::spawn(move || {
    //         for target in targets {
    //             sender.send(format!("GET {target}")).expect("the log ends after all workers");
    //         }
    //     });
    // }
    // exercise: end
    log.join().expect("the log does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Serves, and compares. When it hangs, the check says who waits for whom.
    fn check(workers: &[&[&str]], expected: &[&str], why: &str) {
        let input = workers.iter().map(|targets| targets.iter().map(|target| (*target).to_owned()).collect()).collect();
        let got = serve(input);
        assert!(got == expected, "{why}\ninput: {workers:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn ends_when_the_worker_has_ended() {
        check(&[&["/menu"]], &["GET /menu"], "one line was sent, and then the channel closes");
    }

    #[test]
    fn has_the_lines_of_all_workers() {
        let why = "every line of every worker is in the log before it ends";
        check(&[&["/b", "/a"], &["/c"], &[]], &["GET /a", "GET /b", "GET /c"], why);
    }

    #[test]
    fn loses_no_line_of_a_slow_worker() {
        let many: Vec<String> = (1000..1500).map(|number| format!("/{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let expected: Vec<String> = many.iter().map(|target| format!("GET {target}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&[&many, &[]], &expected, "the log waits for the lines that still come");
    }

    #[test]
    fn ends_at_once_without_workers() {
        check(&[], &[], "nobody can send");
    }
}
