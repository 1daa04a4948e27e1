//! Readers meet: every request looks at the routes, and once a day somebody changes them.
//!
//! With a `Mutex` a request would wait for all that came before it, though none of them changes anything.
//! An `RwLock` has two guards: `read()` for any number of readers at a time, `write()` for one writer alone.
//! `show` shows a route to `view` under the lock, and copies nothing. It changes nothing, either.

use std::sync::RwLock;

/// Why no worker leaves this lock poisoned.
pub const WHOLE: &str = "no worker panics while it changes the routes";

/// Where the requests for a host go.
#[derive(Debug)]
pub struct Route {
    pub host: String,
    pub server: String,
}

/// Shows the server for `host` to `view`, and gives back what `view` gives; `None` for a host without a route.
pub fn show<T>(routes: &RwLock<Vec<Route>>, host: &str, view: impl FnOnce(&str) -> T) -> Option<T> {
    // exercise: begin
    let routes = routes.read().expect(WHOLE);
    let route = routes.iter().find(|route| route.host == host)?;
    Some(view(&route.server))
    // exercise: stub
    // todo!("take a guard to read, name it, find the route of the host, and show its server to view")
    // exercise: end
}

/// Sends the requests for `host` to another server; says whether there was a route.
pub fn change(routes: &RwLock<Vec<Route>>, host: &str, server: &str) -> bool {
    let mut routes = routes.write().expect(WHOLE);
    match routes.iter_mut().find(|route| route.host == host) {
        Some(route) => {
            route.server = server.to_owned();
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::sync::{Arc, Barrier};
    use std::thread;
    use std::time::Duration;

    fn cafe() -> Arc<RwLock<Vec<Route>>> {
        let route = |host: &str, server: &str| Route { host: host.to_owned(), server: server.to_owned() };
        Arc::new(RwLock::new(vec![route("cafe.example", "10.0.0.1"), route("bar.example", "10.0.0.2")]))
    }

    /// Runs `work` on a thread of its own; two seconds later it has ended, or it never will.
    fn within<T: Send + 'static>(what: &str, why: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (done, wait) = channel();
        let worker = thread::spawn(move || {
            let result = work();
            _ = done.send(()); // nobody listens any more only when the time is up
            result
        });
        if wait.recv_timeout(Duration::from_secs(2)) == Err(RecvTimeoutError::Timeout) {
            panic!("input: {what}\nexpected: an end\ngot: a deadlock: {why}");
        }
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn check(host: &'static str, expected: Option<&str>) {
        let got = within(host, "the lock waits for itself", move || show(&cafe(), host, str::to_owned));
        assert_eq!(got.as_deref(), expected, "the server of that host\ninput: {host}");
    }

    #[test]
    fn shows_the_server_of_a_host() {
        check("cafe.example", Some("10.0.0.1"));
        check("bar.example", Some("10.0.0.2"));
    }

    #[test]
    fn a_host_without_a_route_is_none() {
        check("evil.example", None);
        check("", None);
    }

    #[test]
    fn two_readers_meet_under_the_lock() {
        let why = "one reader waits inside for the other one, who is not let in: to read, ask for a guard to read";
        let got = within("two requests that look at their routes at the same moment", why, || {
            let (routes, meet) = (cafe(), Arc::new(Barrier::new(2)));
            let readers = ["cafe.example", "bar.example"].map(|host| {
                let (routes, meet) = (Arc::clone(&routes), Arc::clone(&meet));
                thread::spawn(move || {
                    show(&routes, host, |server| {
                        meet.wait();
                        server.to_owned()
                    })
                })
            });
            readers.map(|reader| reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        assert_eq!(got, [Some("10.0.0.1".to_owned()), Some("10.0.0.2".to_owned())], "each reader sees its own route");
    }

    #[test]
    fn nobody_changes_a_route_while_somebody_looks() {
        let free = within("a look, in which a writer tries its luck", "the lock waits for itself", || {
            let routes = cafe();
            show(&routes, "cafe.example", |_| routes.try_write().is_ok())
        });
        assert_eq!(free, Some(false), "view borrows the route: as long as it looks, the guard has to be there");
    }

    #[test]
    fn a_writer_comes_in_when_the_readers_have_gone() {
        let why = "a guard of a reader is still there";
        let got = within("look, change, look", why, || {
            let routes = cafe();
            let before = show(&routes, "cafe.example", str::to_owned);
            let changed = change(&routes, "cafe.example", "10.0.0.9");
            (before, changed, show(&routes, "cafe.example", str::to_owned))
        });
        assert_eq!(got, (Some("10.0.0.1".to_owned()), true, Some("10.0.0.9".to_owned())), "(before, changed, after)");
    }
}
