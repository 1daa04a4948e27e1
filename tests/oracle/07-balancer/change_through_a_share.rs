//! The drill `change_through_a_share` before the oracle: counts of one thread, of several, and of one that is overtaken.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use change_through_a_share::{Server, serve};
use oracle_support::{Input, answer_all, overtake};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let new: fn() -> Server = Server::new;
    let count: fn(&Server) = Server::count;
    let picks: fn(&Server) -> u64 = Server::picks;
    match call {
        "Count" => {
            let server = new();
            (0..input.size()).for_each(|_| count(&server));
            format!("{}", picks(&server))
        }
        "Serve" => {
            let serve: fn(&Arc<Server>, usize, u64) = serve;
            let server = Arc::new(new());
            serve(&server, input.size(), input.wide());
            format!("{}", picks(&server))
        }
        "Race" => {
            let (server, calls) = (new(), AtomicU64::new(0));
            let counted = || {
                calls.fetch_add(1, Ordering::SeqCst);
                count(&server);
            };
            overtake(counted, counted);
            format!("lost: {}", calls.into_inner().abs_diff(picks(&server)))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
