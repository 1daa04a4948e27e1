//! Let go, and wait: a page comes from the shelf, or else from the upstream, which takes its time.
//!
//! The stub locks the shelf, looks, and fetches with the guard in its hand: the lock is held across the `.await`.
//! As long as this upstream takes, no other client gets any page; on one thread, the next one waits for ever.
//! rustc accepts it here, because nobody asks this task to be `Send`. clippy sees it: `await_holding_lock`.
//! Look under the lock, let it go, wait, and lock again to keep what came.

use std::collections::HashMap;
use std::sync::Mutex;

/// Why no worker leaves this lock poisoned.
pub const WHOLE: &str = "no worker panics with the lock of the shelf";

/// Pages by their paths.
pub type Shelf = Mutex<HashMap<String, String>>;

/// The page for `path`: the one on the shelf, or what `fetch` brings, which then stands on the shelf.
pub async fn page(shelf: &Shelf, path: &str, fetch: impl Future<Output = String>) -> String {
    // exercise: begin
    let found = shelf.lock().expect(WHOLE).get(path).cloned();
    if let Some(page) = found {
        return page;
    }
    let page = fetch.await;
    shelf.lock().expect(WHOLE).insert(path.to_owned(), page.clone());
    page
    // exercise: stub
    // let mut pages = shelf.lock().expect(WHOLE);
    // if let Some(page) = pages.get(path) {
    //     return page.clone();
    // }
    // let page = fetch.await;
    // pages.insert(path.to_owned(), page.clone());
    // page
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};
    use std::pin::{Pin, pin};
    use std::sync::Arc;
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::task::{Context, Poll, Waker};
    use std::thread;
    use std::time::Duration;

    fn shelf(pages: &[(&str, &str)]) -> Arc<Shelf> {
        Arc::new(Mutex::new(pages.iter().map(|(path, page)| (path.to_string(), page.to_string())).collect()))
    }

    /// Goes on with a request as far as it comes.
    fn poll(request: Pin<&mut impl Future<Output = String>>) -> String {
        match request.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(page) => page,
            Poll::Pending => "still waits".to_owned(),
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
            panic!("input: {what}\nexpected: an end\ngot: a deadlock: this thread waits for a lock that it has itself");
        }
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    #[test]
    fn what_is_on_the_shelf_is_not_fetched() {
        let shelf = shelf(&[("/menu", "soup")]);
        let got = within("/menu is on the shelf", move || poll(pin!(page(&shelf, "/menu", pending()))));
        assert_eq!(got, "soup", "it is there: nobody has to wait for an upstream\ninput: /menu");
    }

    #[test]
    fn what_is_missing_is_fetched_and_kept() {
        let got = within("/menu is not on the shelf", || {
            let shelf = shelf(&[("/wine", "red")]);
            let first = poll(pin!(page(&shelf, "/menu", ready("soup".to_owned()))));
            let kept = shelf.try_lock().expect("the request has ended, and so has its guard").get("/menu").cloned();
            (first, kept)
        });
        assert_eq!(got, ("soup".to_owned(), Some("soup".to_owned())), "(the answer, what is on the shelf afterwards)");
    }

    #[test]
    fn the_lock_is_free_while_the_upstream_takes_its_time() {
        let free = within("/menu is fetched, and the upstream has not answered", || {
            let shelf = shelf(&[]);
            let mut request = pin!(page(&shelf, "/menu", pending()));
            assert_eq!(poll(request.as_mut()), "still waits", "the upstream has not answered");
            shelf.try_lock().is_ok()
        });
        assert!(free, "clippy::await_holding_lock: a guard lives across the `.await`, as long as the upstream takes");
    }

    #[test]
    fn another_client_is_served_meanwhile() {
        let got = within("/menu is fetched; meanwhile somebody asks for /wine, which is on the shelf", || {
            let shelf = shelf(&[("/wine", "red")]);
            let mut slow = pin!(page(&shelf, "/menu", pending()));
            [poll(slow.as_mut()), poll(pin!(page(&shelf, "/wine", pending())))]
        });
        assert_eq!(got, ["still waits", "red"], "one slow page is no reason for another to wait");
    }

    #[test]
    fn nobody_sees_a_page_that_has_not_come() {
        let got = within("/menu is fetched; meanwhile somebody looks at the shelf", || {
            let shelf = shelf(&[]);
            let mut slow = pin!(page(&shelf, "/menu", pending()));
            poll(slow.as_mut());
            shelf.try_lock().map(|pages| pages.len()).ok()
        });
        assert_eq!(got, Some(0), "Some(pages on the shelf), or None when it is locked: nothing has come yet");
    }
}
