//! The drill `let_go_and_wait` before the oracle. Requests on one thread, each polled when the case says so.

use let_go_and_wait::{Shelf, page};
use oracle_support::{Input, Moment, Tasks, answer_all, at_once, listed};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Requests" => {
            let pages: HashMap<String, String> = input.list(|input| (input.text(), input.text())).into_iter().collect();
            let paths = input.list(Input::text);
            at_once("page", move || play(pages, paths))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// Begins one request for each path, looks at the shelf, then has the upstream answer one after the other.
fn play(pages: HashMap<String, String>, paths: Vec<String>) -> String {
    let shelf: Arc<Shelf> = Arc::new(Mutex::new(pages));
    let mut tasks = Tasks::default();
    let moments: Vec<_> = paths.iter().map(|_| Moment::default()).collect();
    for (number, (path, moment)) in paths.iter().zip(&moments).enumerate() {
        let (shelf, path, reached) = (Arc::clone(&shelf), path.clone(), moment.reached());
        let fetch = async move {
            reached.await;
            format!("fetched {number}")
        };
        tasks.begin(&number.to_string(), async move { page(&shelf, &path, fetch).await });
    }
    let mut told: Vec<String> = tasks.run().into_iter().map(|(who, page)| format!("{who} at once: {page}")).collect();
    told.push(shown(&shelf));
    for moment in &moments {
        moment.comes();
        told.extend(tasks.run().into_iter().map(|(who, page)| format!("{who}: {page}")));
        told.push(format!("free: {}", shelf.try_lock().is_ok()));
    }
    // Two who fetch the same page may both be right: what stays is told by its paths alone.
    let paths = shelf.try_lock().map(|pages| pages.keys().cloned().collect::<std::collections::BTreeSet<_>>());
    told.push(format!("{:?}", paths.ok()));
    listed(told)
}

fn shown(shelf: &Shelf) -> String {
    match shelf.try_lock() {
        Ok(pages) => format!("while they wait: {:?}", pages.iter().collect::<BTreeMap<_, _>>()),
        Err(_) => String::from("while they wait, the shelf is locked"),
    }
}
