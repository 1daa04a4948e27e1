//! The drill `readers_meet` before the oracle. While a route is shown, others try the lock.

use oracle_support::{Input, answer_all, at_once};
use readers_meet::{Route, show};
use std::sync::RwLock;

/// What is shown: the server, whether one more reader was let in, and whether a writer was.
type Shown = (String, bool, bool);

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Show" => {
            let routes = input.list(|input| Route { host: input.text(), server: input.text() });
            let host = input.text();
            at_once("show", move || {
                let routes = RwLock::new(routes);
                let shown: Option<Shown> = show(&routes, &host, |server: &str| {
                    // A line for each: a guard is a temporary, and would stay until the end of the tuple.
                    let reader = routes.try_read().is_ok();
                    let writer = routes.try_write().is_ok();
                    (server.to_owned(), reader, writer)
                });
                let free = routes.try_write().is_ok();
                format!("(server, a reader comes in, a writer comes in): {shown:?}, free afterwards: {free}")
            })
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
