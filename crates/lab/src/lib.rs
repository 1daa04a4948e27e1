//! What a Rust cell of a notebook may use beside `std`: locks, channels and threads that tell what they do.
//!
//! Each has the name and the methods of its counterpart in `std`, so that a cell changes nothing but its `use` lines.
//! What happens goes into the file that the environment names; a deadlock is noticed at the moment in which it comes
//! about, is told, and ends the program. Nothing here makes a program wait that would not wait without it.

mod channel;
mod lock;
mod trace;

/// Locks and channels, as in `std::sync`.
pub mod sync {
    pub use crate::lock::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
    pub use std::sync::{Arc, Barrier, LockResult, OnceLock, PoisonError, atomic};

    /// Channels, as in `std::sync::mpsc`.
    pub mod mpsc {
        pub use crate::channel::{IntoIter, Iter, Receiver, Sender, channel};
        pub use std::sync::mpsc::{RecvError, SendError, TryRecvError};
    }
}

/// Threads, as in `std::thread`.
pub mod thread {
    use crate::trace::{self, Mode, Subject};
    use std::panic::Location;
    pub use std::thread::{Result, Scope, ScopedJoinHandle, Thread, ThreadId, current, scope, sleep, yield_now};

    /// A thread that can be waited for.
    #[derive(Debug)]
    pub struct JoinHandle<T> {
        inner: std::thread::JoinHandle<T>,
        number: u32,
    }

    /// Starts a thread, which is called by the order in which threads start.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        start(None, work)
    }

    /// Starts a thread with a name. (In `std` this takes a `Builder`.)
    #[track_caller]
    pub fn named<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        start(Some(name), work)
    }

    #[track_caller]
    fn start<T: Send + 'static>(name: Option<&str>, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        let number = trace::starts(name, Location::caller());
        let inner = std::thread::spawn(move || {
            let _until_the_end = trace::begin(number);
            work()
        });
        JoinHandle { inner, number }
    }

    impl<T> JoinHandle<T> {
        /// Waits for the thread's end, and gives what it gave, or its panic.
        ///
        /// # Errors
        /// The thread panicked.
        #[track_caller]
        pub fn join(self) -> Result<T> {
            trace::wants(Subject::Thread(self.number), Mode::Alone, Location::caller());
            let result = self.inner.join();
            trace::joined(self.number, Location::caller());
            result
        }

        /// Whether the thread has come to its end.
        pub fn is_finished(&self) -> bool {
            self.inner.is_finished()
        }
    }
}
