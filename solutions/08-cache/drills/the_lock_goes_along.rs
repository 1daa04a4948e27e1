//! The lock goes along, the guard does not: a task fetches a page, and puts it on the shelf when it has come.
//!
//! `land` waits for a fetch, and calls `keep` with what came. A runtime may go on with a task on another thread
//! after each `.await`, so `spawn` wants a task that is `Send`: all that it holds while it waits.
//! In `refill` the task holds a guard. A `MutexGuard` is not `Send`: the thread that locks has to unlock.
//! Have the task take along what is `Send`, and lock when the page is there.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// Why no worker leaves this lock poisoned.
pub const WHOLE: &str = "no worker panics with the lock of the shelf";

/// A task, as a runtime keeps it.
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a runtime asks of a task: it may be moved to another thread, and borrows nothing that could end before it.
pub fn spawn(task: impl Future<Output = ()> + Send + 'static) -> Task {
    Box::pin(task)
}

/// Waits for `fetch`, and gives what came to `keep`.
pub async fn land<F: Future, K: FnOnce(F::Output)>(fetch: F, keep: K) {
    keep(fetch.await);
}

/// Begins a task that fetches a page, and puts it on the shelf.
pub fn refill(shelf: Arc<Mutex<Vec<String>>>, fetch: impl Future<Output = String> + Send + 'static) -> Task {
    // exercise: begin
    spawn(land(fetch, move |page| shelf.lock().expect(WHOLE).push(page)))
    // exercise: stub
    // let mut shelf = shelf.lock().expect(WHOLE);
    // spawn(land(fetch, move |page| shelf.push(page)))
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, TryRecvError, channel};
    use std::task::{Context, Poll, Waker};
    use std::thread;

    /// A fetch that has ended when a page was sent to it.
    struct Fetch(Receiver<&'static str>);

    impl Future for Fetch {
        type Output = String;

        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<String> {
            match self.0.try_recv() {
                Ok(page) => Poll::Ready(page.to_owned()),
                Err(TryRecvError::Empty) => Poll::Pending,
                Err(TryRecvError::Disconnected) => panic!("the test has ended before the fetch"),
            }
        }
    }

    /// Goes on with a task as far as it comes; says whether it has ended.
    fn poll(task: &mut Task) -> bool {
        task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[test]
    fn the_page_is_on_the_shelf_when_it_has_come() {
        let (shelf, (send, fetch)) = (Arc::new(Mutex::new(vec!["soup".to_owned()])), channel());
        let mut task = refill(Arc::clone(&shelf), Fetch(fetch));
        assert!(!poll(&mut task), "no page has come, and the task has ended\ninput: a shelf with soup");
        send.send("wine").expect("the task waits for it");
        assert!(
            poll(&mut task),
            "the page has come, and the task goes on waiting\ninput: a shelf with soup, then wine"
        );
        let pages = shelf.try_lock().expect("the task has ended, and so has its guard").clone();
        assert_eq!(pages, ["soup", "wine"], "the new page stands behind the old one");
    }

    #[test]
    fn others_use_the_shelf_while_the_task_waits() {
        let (shelf, (send, fetch)) = (Arc::new(Mutex::new(Vec::new())), channel());
        let mut task = refill(Arc::clone(&shelf), Fetch(fetch));
        poll(&mut task);
        let free = shelf.try_lock().is_ok();
        drop(send);
        assert!(free, "the task waits for an upstream, and the shelf is locked until it answers: lock afterwards");
    }

    #[test]
    fn what_others_put_there_meanwhile_stays() {
        let (shelf, (send, fetch)) = (Arc::new(Mutex::new(Vec::new())), channel());
        let mut task = refill(Arc::clone(&shelf), Fetch(fetch));
        poll(&mut task);
        shelf.try_lock().expect("the task only waits").push("bread".to_owned());
        send.send("wine").expect("the task waits for it");
        poll(&mut task);
        let pages = shelf.try_lock().expect("the task has ended").clone();
        assert_eq!(pages, ["bread", "wine"], "a copy that was made before the wait does not know of the bread");
    }

    #[test]
    fn goes_on_on_another_thread() {
        let (shelf, (send, fetch)) = (Arc::new(Mutex::new(Vec::new())), channel());
        let mut task = refill(Arc::clone(&shelf), Fetch(fetch));
        poll(&mut task);
        send.send("wine").expect("the task waits for it");
        let ended = thread::spawn(move || poll(&mut task)).join().expect("the other thread does not panic");
        let pages = shelf.try_lock().expect("the task has ended").clone();
        assert_eq!((ended, pages), (true, vec!["wine".to_owned()]), "begun on one thread, ended on another");
    }
}
