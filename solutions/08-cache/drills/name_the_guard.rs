//! Name the guard: the newest line of the cache's log, read under its lock.
//!
//! `lock()` gives a guard, and the guard lends what it guards.
//! In `newest` the guard has no name: it is a temporary, and goes at the end of its line.
//! From then on the lock is free, and another worker may change the line that `newest` still reads.
//! Give the guard a name, so that it stays as long as what it lends.

use std::sync::Mutex;

/// Why no worker leaves this lock poisoned.
pub const WHOLE: &str = "no worker panics with the lock of the log";

/// How long the newest line is, and whether it says that the cache had the answer.
pub fn newest(log: &Mutex<Vec<String>>) -> Option<(usize, bool)> {
    // exercise: begin
    let lines = log.lock().expect(WHOLE);
    let line = lines.last()?;
    Some((line.len(), line.ends_with(" HIT")))
    // exercise: stub
    // let line = log.lock().expect(WHOLE).last()?;
    // Some((line.len(), line.ends_with(" HIT")))
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    /// What `newest` says of a log with these lines, and whether the lock is free afterwards.
    fn ask(lines: &[&str]) -> (Option<(usize, bool)>, bool) {
        let log = Arc::new(Mutex::new(lines.iter().map(|&line| line.to_owned()).collect()));
        let (done, wait) = channel();
        let worker = thread::spawn(move || {
            let told = newest(&log);
            _ = done.send(()); // nobody listens any more only when the time is up
            (told, log.try_lock().is_ok())
        });
        if wait.recv_timeout(Duration::from_secs(2)) == Err(RecvTimeoutError::Timeout) {
            panic!("input: {lines:?}\nexpected: an end\ngot: a deadlock: the worker waits for a guard of its own");
        }
        worker.join().expect("newest does not panic")
    }

    fn check(lines: &[&str], expected: Option<(usize, bool)>) {
        let (got, _) = ask(lines);
        assert_eq!(got, expected, "the length of the last line, and whether it ends with HIT\ninput: {lines:?}");
    }

    #[test]
    fn tells_the_length_and_whether_it_was_a_hit() {
        check(&["/menu HIT"], Some((9, true)));
        check(&["/menu MISS"], Some((10, false)));
    }

    #[test]
    fn the_newest_line_is_the_last_one() {
        check(&["/menu MISS", "/menu HIT", "/wine MISS"], Some((10, false)));
    }

    #[test]
    fn an_empty_log_has_no_newest_line() {
        check(&[], None);
    }

    #[test]
    fn the_lock_is_free_afterwards() {
        for lines in [&["/menu HIT"][..], &[]] {
            let (_, free) = ask(lines);
            assert!(
                free,
                "newest has ended, and its guard is still there: nobody gets the log any more\ninput: {lines:?}"
            );
        }
    }
}
