//! In one breath: of all clients who ask for a page that is not there, one is to fetch it, and the others wait.
//!
//! `with` runs your closure under the lock, and lets the lock go at its end.
//! The stub looks in three calls. Each of them is safe, and the three together are not:
//! between two calls the lock is free, and another client comes in and finds the same as you.
//! Then both fetch. With a hundred clients it is a stampede.
//! Look and begin in one call, so that nobody can come in between.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// The pages that are here, and the fetches under way.
#[derive(Debug, Default)]
pub struct Shard {
    pub pages: HashMap<String, String>,
    pub under_way: HashSet<String>,
}

/// What a client is to do.
#[derive(Debug, PartialEq)]
pub enum Admitted {
    /// Send this page.
    Hit(String),
    /// Fetch it: all others wait for you.
    Fetch,
    /// Wait for the one who fetches it.
    Wait,
}

/// A cache that all workers share.
#[derive(Debug, Default)]
pub struct Cache {
    /// Shared with every worker; held for one call of `with`.
    shard: Mutex<Shard>,
    /// What happens whenever the lock has been let go. In the tests, another client comes in.
    pub let_go: Option<fn(&Cache)>,
}

impl Cache {
    /// Runs `work` under the lock.
    pub fn with<T>(&self, work: impl FnOnce(&mut Shard) -> T) -> T {
        let result = work(&mut self.shard.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(let_go) = self.let_go {
            let_go(self);
        }
        result
    }

    /// Says what a client who asks for `path` is to do; who is to fetch is under way from then on.
    pub fn admit(&self, path: &str) -> Admitted {
        // exercise: begin
        self.with(|shard| {
            if let Some(page) = shard.pages.get(path) {
                return Admitted::Hit(page.clone());
            }
            if shard.under_way.insert(path.to_owned()) { Admitted::Fetch } else { Admitted::Wait }
        })
        // exercise: stub
        // if let Some(page) = self.with(|shard| shard.pages.get(path).cloned()) {
        //     return Admitted::Hit(page);
        // }
        // if self.with(|shard| shard.under_way.contains(path)) {
        //     return Admitted::Wait;
        // }
        // self.with(|shard| shard.under_way.insert(path.to_owned()));
        // Admitted::Fetch
        // exercise: end
    }

    /// Puts a page that has come on the shelf, and ends its fetch: both in one breath, too.
    pub fn land(&self, path: &str, page: &str) {
        self.with(|shard| {
            shard.pages.insert(path.to_owned(), page.to_owned());
            shard.under_way.remove(path);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    thread_local! {
        /// How often the lock is let go before the second client comes in.
        static PATIENCE: Cell<u32> = const { Cell::new(0) };
        /// What the second client was told.
        static SECOND: RefCell<Option<Admitted>> = const { RefCell::new(None) };
    }

    /// Has the second client come in, whole, when the lock has been let go often enough.
    fn second_client(cache: &Cache) {
        let left = PATIENCE.get();
        PATIENCE.set(left.saturating_sub(1)); // it lets the lock go, too, and nobody overtakes it
        if left == 1 {
            let told = cache.admit("/menu");
            SECOND.set(Some(told));
        }
    }

    /// Runs `work` on a thread of its own; two seconds later it has ended, or it never will.
    fn within<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (done, wait) = channel();
        let worker = thread::spawn(move || {
            let result = work();
            _ = done.send(()); // nobody listens any more only when the time is up
            result
        });
        if wait.recv_timeout(Duration::from_secs(2)) == Err(RecvTimeoutError::Timeout) {
            panic!("input: {what}\nexpected: an end\ngot: a deadlock: a call of `with` inside `with` waits for itself");
        }
        worker.join().expect("a worker does not panic")
    }

    #[test]
    fn one_fetches_and_the_next_ones_wait() {
        let got = within("three clients ask for /menu", || {
            let cache = Cache::default();
            [(); 3].map(|()| cache.admit("/menu"))
        });
        let expected = [Admitted::Fetch, Admitted::Wait, Admitted::Wait];
        assert_eq!(got, expected, "nothing is there: the first one fetches\ninput: three clients ask for /menu");
    }

    #[test]
    fn what_has_landed_is_a_hit() {
        let got = within("fetch /menu, then ask again", || {
            let cache = Cache::default();
            let first = cache.admit("/menu");
            cache.land("/menu", "soup");
            (first, cache.admit("/menu"), cache.with(|shard| shard.under_way.len()))
        });
        let expected = (Admitted::Fetch, Admitted::Hit("soup".to_owned()), 0);
        assert_eq!(got, expected, "(first, then, fetches under way)\ninput: /menu, which lands as soup, /menu again");
    }

    #[test]
    fn another_page_does_not_wait() {
        let got = within("/menu is under way; somebody asks for /wine", || {
            let cache = Cache::default();
            ["/menu", "/wine"].map(|path| cache.admit(path))
        });
        assert_eq!(got, [Admitted::Fetch, Admitted::Fetch], "two pages are two fetches\ninput: /menu, /wine");
    }

    #[test]
    fn nobody_comes_in_between() {
        for moment in 1..=3 {
            let got = within("a second client asks while the lock is free", move || {
                let cache = Cache { let_go: Some(second_client), ..Cache::default() };
                PATIENCE.set(moment);
                let first = cache.admit("/menu");
                (first, SECOND.take().unwrap_or_else(|| cache.admit("/menu")))
            });
            let one = [(Admitted::Fetch, Admitted::Wait), (Admitted::Wait, Admitted::Fetch)].contains(&got);
            assert!(
                one,
                "a second client came in between your look and your begin: do both in one call of `with`\n\
                 input: two clients ask for /menu, the second when the lock is free for time number {moment}\n\
                 expected: one of them fetches, and the other one waits\ngot: {got:?}"
            );
        }
    }
}
