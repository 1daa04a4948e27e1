//! Poison is a mark: a worker died with the lock of the shelf in its hand, and the others go on.
//!
//! A panic lets the guard go, and leaves a mark on the lock: *somebody may have stopped half way*.
//! From then on `lock()` answers with an `Err`, and the guard is in it. No page is lost.
//! Here a worker can die between a page and its bytes, so one number may be wrong, and it can be counted anew.
//! The stub panics, too: one dead worker stops them all.

use std::sync::{Mutex, MutexGuard};

/// The pages of one shard. `bytes` is the sum of their lengths.
#[derive(Debug, Default)]
pub struct Shelf {
    pub pages: Vec<String>,
    pub bytes: usize,
}

impl Shelf {
    /// Puts a page on the shelf, and then asks `measure` for its length.
    pub fn add(&mut self, page: &str, measure: impl FnOnce(&str) -> usize) {
        self.pages.push(page.to_owned());
        self.bytes += measure(page); // should this panic, the page is there and its bytes are not counted
    }

    /// Makes `bytes` true again.
    pub fn recount(&mut self) {
        self.bytes = self.pages.iter().map(String::len).sum();
    }
}

/// The shelf, locked, with bytes that are right: after a panic it is mended, and the mark is taken off.
pub fn locked(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    // exercise: begin
    match shelf.lock() {
        Ok(guard) => guard,
        Err(poisoned) => {
            let mut guard = poisoned.into_inner();
            guard.recount();
            shelf.clear_poison();
            guard
        }
    }
    // exercise: stub
    // shelf.lock().expect("no worker panics with the lock of the shelf")
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    /// What is on the shelf: pages, bytes, and whether the lock has its mark.
    type Seen = (Vec<String>, usize, bool);

    /// Adds /menu; then `deaths` workers die, each while it adds /wine; then one more looks, for two seconds at most.
    fn after(deaths: usize) -> Seen {
        let shelf = Arc::new(Mutex::new(Shelf::default()));
        let (done, wait) = channel();
        let looker = thread::spawn(move || {
            locked(&shelf).add("/menu", str::len);
            for _ in 0..deaths {
                let mine = Arc::clone(&shelf);
                let worker = thread::spawn(move || {
                    let mut shelf = locked(&mine);
                    shelf.add("/wine", |_| panic!("this worker dies, with the lock"));
                });
                assert!(worker.join().is_err(), "that worker was to die");
            }
            let (pages, bytes) = {
                let shelf = locked(&shelf);
                (shelf.pages.clone(), shelf.bytes)
            };
            _ = done.send(()); // nobody listens any more only when the time is up
            (pages, bytes, shelf.is_poisoned())
        });
        if wait.recv_timeout(Duration::from_secs(2)) == Err(RecvTimeoutError::Timeout) {
            panic!(
                "input: workers that died: {deaths}\nexpected: the shelf\ngot: no end: nobody takes the mark off but you"
            );
        }
        looker.join().unwrap_or_else(|_| {
            panic!("input: workers that died: {deaths}\nexpected: the shelf\ngot: a panic: one dead worker stops all others")
        })
    }

    #[test]
    fn gives_the_shelf_when_nobody_died() {
        assert_eq!(after(0), (vec!["/menu".to_owned()], 5, false), "(pages, bytes, marked)\ninput: nobody died");
    }

    #[test]
    fn the_pages_are_still_there_after_a_panic() {
        let (pages, ..) = after(1);
        let why = "a panic under a lock takes nothing away: the guard is in the Err";
        assert_eq!(pages, ["/menu", "/wine"], "{why}\ninput: a worker died while it added /wine");
    }

    #[test]
    fn the_bytes_are_counted_anew() {
        let (_, bytes, _) = after(1);
        let why = "the mark says that something may be half done: make it whole before you go on";
        assert_eq!(bytes, 10, "{why}\ninput: a worker died between the page /wine and its bytes");
    }

    #[test]
    fn the_mark_is_taken_off() {
        let (.., marked) = after(1);
        assert!(!marked, "what is mended needs no mark: `clear_poison`, or every lock from now on counts all pages");
    }

    #[test]
    fn goes_on_after_every_panic() {
        let (pages, bytes, _) = after(3);
        assert_eq!((pages.len(), bytes), (4, 20), "(pages, bytes)\ninput: three workers died, one after the other");
    }
}
