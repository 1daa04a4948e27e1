//! A lock in a match: count how often each page was asked for.
//!
//! It looks as if line one took the lock, looked, and let it go.
//! But the guard is a temporary of the `match`, and a temporary of a `match` stays until the closing brace.
//! So each arm asks for a lock that this very thread has, and waits for itself.
//! The code compiles. The tests give it two seconds, and then name the deadlock.

use std::collections::HashMap;
use std::sync::Mutex;

/// Why no worker leaves this lock poisoned.
pub const WHOLE: &str = "no worker panics with the lock of the counts";

/// Counts one visit of `path`, and says the how-manieth it is.
pub fn visit(visits: &Mutex<HashMap<String, u32>>, path: &str) -> u32 {
    match visits.lock().expect(WHOLE).get(path) {
        Some(&before) => {
            visits.lock().expect(WHOLE).insert(path.to_owned(), before + 1);
            before + 1
        }
        None => {
            visits.lock().expect(WHOLE).insert(path.to_owned(), 1);
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::sync::{Arc, Barrier};
    use std::thread;
    use std::time::Duration;

    /// Runs `work` on a thread of its own; two seconds later it has ended, or it never will.
    fn within<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
        static PATIENCE_MS: AtomicU64 = AtomicU64::new(2_000); // after one deadlock, the next is told sooner
        let (done, wait) = channel();
        let worker = thread::spawn(move || {
            let result = work();
            _ = done.send(()); // nobody listens any more only when the time is up
            result
        });
        if wait.recv_timeout(Duration::from_millis(PATIENCE_MS.load(Ordering::SeqCst)))
            == Err(RecvTimeoutError::Timeout)
        {
            PATIENCE_MS.store(500, Ordering::SeqCst);
            panic!("input: {what}\nexpected: an end\ngot: a deadlock: the thread waits for a lock that it has itself");
        }
        worker.join().expect("a worker does not panic")
    }

    fn check(paths: &'static [&'static str], expected: &[u32]) {
        let got = within(&format!("visits of {paths:?}, one after the other"), || {
            let visits = Mutex::new(HashMap::new());
            paths.iter().map(|path| visit(&visits, path)).collect::<Vec<_>>()
        });
        assert_eq!(got, expected, "each page has a count of its own, from 1\ninput: {paths:?}");
    }

    #[test]
    fn the_first_visit_is_number_one() {
        check(&["/menu"], &[1]);
    }

    #[test]
    fn each_page_has_a_count_of_its_own() {
        check(&["/menu", "/wine", "/menu", "/menu", "/wine"], &[1, 1, 2, 3, 2]);
    }

    #[test]
    fn no_visit_of_eight_workers_is_lost() {
        let total = within("eight workers visit /menu 2,000 times each", || {
            let (visits, start) = (Arc::new(Mutex::new(HashMap::new())), Arc::new(Barrier::new(8)));
            let workers: Vec<_> = (0..8)
                .map(|_| {
                    let (visits, start) = (Arc::clone(&visits), Arc::clone(&start));
                    thread::spawn(move || {
                        start.wait();
                        (0..2_000).for_each(|_| _ = visit(&visits, "/menu"));
                    })
                })
                .collect();
            workers.into_iter().for_each(|worker| worker.join().expect("a worker does not panic"));
            visit(&visits, "/menu")
        });
        assert_eq!(total, 16_001, "the next visit after 16,000: one lock, or somebody comes in between");
    }
}
