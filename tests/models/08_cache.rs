//! Every interleaving of a few workers around one flight, tried by loom.
//!
//! The part is compiled here once more, from the same file, with loom's locks in place of the real ones: `std` and
//! `tokio` mean this file to it. Run it alone: `cargo test -p part-cache --test 08_cache_model`.
//! Leaves out tokio's own lock, which tokio tests in the same way: `stand_in` takes its place.

extern crate self as std;
extern crate self as tokio;
extern crate std as real;

#[path = "../../solutions/08-cache/src/lib.rs"]
#[expect(dead_code, reason = "the scenes below use a part of the part")]
#[expect(unreachable_pub, reason = "here the part is a module and not a crate")]
mod part_cache;

/// What the part calls `std::collections`.
mod collections {
    pub(crate) use crate::real::collections::HashMap;
}
/// What the part calls `std::hash`.
mod hash {
    pub(crate) use crate::real::hash::{BuildHasher, Hasher, RandomState};
}
/// What the part calls `std::sync` and `tokio::sync`.
mod sync {
    pub(crate) use crate::real::sync::{Arc, PoisonError};
    pub(crate) use crate::stand_in::{OwnedRwLockWriteGuard, RwLock};
    pub(crate) use loom::sync::{Mutex, MutexGuard};
}

use loom::future::block_on;
use loom::thread;
use part_cache::{Cache, Lookup};
use real::sync::Arc;
use real::sync::atomic::{AtomicUsize, Ordering};
use wire::FieldLines;
use wire::cache::{Answer, Asked, CacheLimits, Times, Uri, Waited};

const NOW: Times = Times { asked_ms: 0, answered_ms: 0, answered_unix_s: 0 };

/// How a worker's fetch ends.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    Stored,
    Passed,
    Lost,
}

/// What a worker got.
#[derive(Debug, PartialEq)]
enum Got {
    Soup,
    Nothing,
}

fn fields(list: &[(&str, &str)]) -> FieldLines {
    let mut lines = FieldLines::new();
    for (name, value) in list {
        lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
    }
    lines
}

/// One worker, from its request to its answer. The first fetch ends as `ends` says, the later ones store.
fn worker(cache: &Cache, fetched: &AtomicUsize, ends: Ends) -> Got {
    let (request, response) = (fields(&[]), fields(&[("Cache-Control", "max-age=60")]));
    let uri = Uri { scheme: b"http", host: b"cafe.example", target: b"/menu" };
    let asked = Asked { method: b"GET", uri, fields: request.as_fields() };
    let answer = Answer { status: 200, reason: b"OK", fields: response.as_fields() };
    loop {
        match cache.lookup(asked, 0) {
            Lookup::Hit { .. } => return Got::Soup,
            Lookup::Miss(flight) => {
                let first = fetched.fetch_add(1, Ordering::SeqCst) == 0;
                match if first { ends } else { Ends::Stored } {
                    Ends::Stored => {
                        return flight.store(&answer, b"soup".to_vec(), &NOW).map_or(Got::Nothing, |_| Got::Soup);
                    }
                    Ends::Passed => flight.pass(),
                    Ends::Lost => drop(flight),
                }
                return Got::Nothing;
            }
            Lookup::Wait(waiting) => match block_on(waiting.wait()) {
                Waited::Hit(_) => return Got::Soup,
                Waited::Alone => return Got::Nothing,
                Waited::Again => {}
            },
            other => panic!("expected: Hit, Miss or Wait\ngot: {other:?}"),
        }
    }
}

/// `workers` ask at once, in every order that there is; gives what each run has come to.
fn every_order(workers: usize, ends: Ends, judge: fn(fetches: usize, got: Vec<Got>)) {
    // Three switches that a scheduler is not forced to make find nearly all races, in seconds and not in days.
    let model = {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(3);
        model
    };
    model.check(move || {
        let cache = Arc::new(Cache::new(&CacheLimits { shards: 1, ..CacheLimits::default() }));
        let fetched = Arc::new(AtomicUsize::new(0));
        let others: Vec<_> = (1..workers)
            .map(|_| {
                let (cache, fetched) = (Arc::clone(&cache), Arc::clone(&fetched));
                thread::spawn(move || worker(&cache, &fetched, ends))
            })
            .collect();
        let mut got = vec![worker(&cache, &fetched, ends)];
        got.extend(others.into_iter().map(|other| other.join().expect("no worker panics")));
        assert_eq!(cache.counts().flights, 0, "every flight has ended");
        judge(fetched.load(Ordering::SeqCst), got);
    });
}

#[test]
fn one_fetch_serves_all_who_come() {
    every_order(3, Ends::Stored, |fetches, got| {
        assert_eq!((fetches, &got[..]), (1, &[Got::Soup, Got::Soup, Got::Soup][..]));
    });
}

#[test]
fn a_fetch_that_is_lost_is_made_again_by_one_of_those_who_waited() {
    every_order(3, Ends::Lost, |fetches, got| {
        let served = got.iter().filter(|&got| *got == Got::Soup).count();
        assert_eq!((fetches, served), (2, 2), "{got:?}");
    });
}

#[test]
fn nobody_waits_for_a_fetch_that_has_passed() {
    every_order(2, Ends::Passed, |fetches, got| {
        // The other one waited, and goes on alone; or it came later, and fetched what is kept.
        assert!(matches!((fetches, got.iter().filter(|&got| *got == Got::Soup).count()), (1, 0) | (2, 1)), "{got:?}");
    });
}

mod stand_in {
    //! As much of tokio's RwLock as the part uses, out of loom's: one writer from the start, then readers.

    use crate::real::future::poll_fn;
    use crate::real::ops::{Deref, DerefMut};
    use crate::real::sync::Arc;
    use crate::real::task::{Poll, Waker};
    use loom::sync::{Mutex, MutexGuard};

    /// A value that its writer has until it is done, and then every reader.
    #[derive(Debug)]
    pub(crate) struct RwLock<T> {
        state: Mutex<State<T>>,
    }

    #[derive(Debug)]
    struct State<T> {
        /// None while the writer has it.
        value: Option<T>,
        readers: Vec<Waker>,
    }

    /// The writer's guard: it has the value until it is dropped.
    #[derive(Debug)]
    pub(crate) struct OwnedRwLockWriteGuard<T> {
        lock: Arc<RwLock<T>>,
        value: Option<T>,
    }

    /// A reader's guard.
    pub(crate) struct ReadGuard<'a, T>(MutexGuard<'a, State<T>>);

    impl<T> RwLock<T> {
        pub(crate) fn new(value: T) -> Self {
            Self { state: Mutex::new(State { value: Some(value), readers: Vec::new() }) }
        }

        pub(crate) fn try_write_owned(self: &Arc<Self>) -> Result<OwnedRwLockWriteGuard<T>, &'static str> {
            let value = self.state.lock().expect("no holder panics").value.take();
            if value.is_none() {
                return Err("somebody else has it");
            }
            Ok(OwnedRwLockWriteGuard { lock: Arc::clone(self), value })
        }

        pub(crate) async fn read(&self) -> ReadGuard<'_, T> {
            poll_fn(|context| {
                let mut state = self.state.lock().expect("no holder panics");
                if state.value.is_some() {
                    return Poll::Ready(ReadGuard(state));
                }
                state.readers.push(context.waker().clone());
                Poll::Pending
            })
            .await
        }
    }

    impl<T> OwnedRwLockWriteGuard<T> {
        pub(crate) fn rwlock(this: &Self) -> &Arc<RwLock<T>> {
            &this.lock
        }
    }

    impl<T> Deref for OwnedRwLockWriteGuard<T> {
        type Target = T;

        fn deref(&self) -> &T {
            self.value.as_ref().expect("the guard has the value until it is dropped")
        }
    }

    impl<T> DerefMut for OwnedRwLockWriteGuard<T> {
        fn deref_mut(&mut self) -> &mut T {
            self.value.as_mut().expect("the guard has the value until it is dropped")
        }
    }

    impl<T> Drop for OwnedRwLockWriteGuard<T> {
        fn drop(&mut self) {
            let mut state = self.lock.state.lock().expect("no holder panics");
            state.value = self.value.take();
            let readers = crate::real::mem::take(&mut state.readers);
            drop(state);
            readers.into_iter().for_each(Waker::wake);
        }
    }

    impl<T> Deref for ReadGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            self.0.value.as_ref().expect("a reader comes in when the value is there")
        }
    }
}
