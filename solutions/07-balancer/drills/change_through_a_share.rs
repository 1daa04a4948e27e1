//! Change through a share: all workers count on one server, and none of them has it for itself.
//!
//! An `Arc` gives out `&Server`, never `&mut Server`: another thread may look at the same moment.
//! So whatever changes has to be of a kind that may be changed through `&self` by several threads: an atomic.

use std::sync::Arc;
use std::thread;

// exercise: begin
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A server, and how many requests it got.
pub struct Server {
    picks: AtomicU64,
}

impl Server {
    /// A server that nobody has picked yet.
    pub fn new() -> Self {
        Self { picks: AtomicU64::new(0) }
    }

    /// One request more.
    pub fn count(&self) {
        self.picks.fetch_add(1, Relaxed);
    }

    /// How many requests it got.
    pub fn picks(&self) -> u64 {
        self.picks.load(Relaxed)
    }
}
// exercise: stub
// /// A server, and how many requests it got.
// pub struct Server {
//     picks: u64,
// }
//
// impl Server {
//     /// A server that nobody has picked yet.
//     pub fn new() -> Self {
//         Self { picks: 0 }
//     }
//
//     /// One request more.
//     pub fn count(&mut self) {
//         self.picks += 1;
//     }
//
//     /// How many requests it got.
//     pub fn picks(&self) -> u64 {
//         self.picks
//     }
// }
// exercise: end

/// Lets so many workers send so many requests each to one server.
pub fn serve(server: &Arc<Server>, workers: usize, requests: u64) {
    let mut handles = Vec::new();
    for _ in 0..workers {
        let server = Arc::clone(server);
        handles.push(thread::spawn(move || (0..requests).for_each(|_| server.count())));
    }
    handles.into_iter().for_each(|handle| handle.join().expect("to count does not panic"));
}

impl Default for Server {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    fn check(got: u64, expected: u64, input: &str, why: &str) {
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected}\ngot: {got}");
    }

    #[test]
    fn counts_one_request() {
        let server = Server::new();
        server.count();
        check(server.picks(), 1, "one request", "it was counted");
        server.count();
        check(server.picks(), 2, "one more", "it was counted, too");
    }

    #[test]
    fn counts_for_everybody_who_has_a_share() {
        let server = Arc::new(Server::new());
        serve(&server, 3, 5);
        check(server.picks(), 15, "3 workers of 5 requests", "all count on the one server that the caller has");
        serve(&server, 1, 2);
        check(server.picks(), 17, "… and 1 worker of 2", "the count goes on");
    }

    #[test]
    fn no_request_of_any_thread_gets_lost() {
        const THREADS: usize = 4;
        let server = Server::new();
        // Until the threads have got in each other's way often enough; on one busy core that is rare: a second will do.
        let until = Instant::now() + Duration::from_secs(1);
        let (start, last, changes, calls) =
            (Barrier::new(THREADS), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (server, start, last, changes, calls) = (&server, &start, &last, &changes, &calls);
                scope.spawn(move || {
                    start.wait();
                    while changes.load(Ordering::Relaxed) < 3_000 && Instant::now() < until {
                        (0..64).for_each(|_| server.count());
                        calls.fetch_add(64, Ordering::Relaxed);
                        if last.swap(thread, Ordering::Relaxed) != thread {
                            changes.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        let why = "lost: two threads read the same number, and both wrote that number plus 1";
        check(server.picks(), calls.into_inner() as u64, "4 threads count at the same time", why);
    }
}
