//! The drill `the_lock_goes_along` before the oracle. A fetch ends when the case says so.

use oracle_support::{Input, Moment, answer_all, at_once, listed};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use the_lock_goes_along::refill;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    match call {
        "Refill" => {
            let (before, meanwhile, page) = (input.list(Input::text), input.list(Input::text), input.text());
            let elsewhere = input.flag();
            let work = move || play(before, meanwhile, page, elsewhere);
            at_once("refill", work)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn play(before: Vec<String>, meanwhile: Vec<String>, page: String, elsewhere: bool) -> String {
    let (shelf, moment) = (Arc::new(Mutex::new(before)), Moment::default());
    let reached = moment.reached();
    let fetch = async move {
        reached.await;
        page
    };
    let mut task: Pin<Box<dyn Future<Output = ()> + Send>> = refill(Arc::clone(&shelf), fetch);
    let early = poll(&mut task);
    let Ok(mut pages) = shelf.try_lock() else { return String::from("the shelf is locked while the task waits") };
    pages.extend(meanwhile);
    drop(pages);
    moment.comes();
    let ended = if elsewhere { at_once("the task", move || poll(&mut task)) } else { poll(&mut task) };
    match shelf.try_lock() {
        Ok(pages) => format!("ended early: {early}, ended: {ended}, pages: {}", listed(pages.iter().cloned())),
        Err(_) => String::from("the shelf is locked when the task has ended"),
    }
}

fn poll(task: &mut Pin<Box<dyn Future<Output = ()> + Send>>) -> bool {
    task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}
