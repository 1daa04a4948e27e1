//! The drill `a_share_for_each_thread` before the oracle: jobs that wait for each other, and look at the same table.

use std::sync::{Arc, Barrier};

use a_share_for_each_thread::{Job, Routes};
use oracle_support::{Input, answer_all, at_once};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let run: fn(Routes, Vec<Job>) -> Vec<usize> = a_share_for_each_thread::run;
    match call {
        "Run" => {
            let (paths, names) = (input.list(Input::text), input.list(Input::text));
            let at = paths.as_ptr().addr();
            let meeting = Arc::new(Barrier::new(names.iter().filter(|name| *name == "meet").count()));
            let jobs = names.iter().map(|name| job(name, at, &meeting)).collect();
            let said: Vec<usize> = at_once("run", move || run(Routes { paths }, jobs));
            format!("{said:?}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn job(name: &str, at: usize, meeting: &Arc<Barrier>) -> Job {
    match name {
        "count" => Box::new(|routes| routes.paths.len()),
        "longest" => Box::new(|routes| routes.paths.iter().map(String::len).max().unwrap_or(0)),
        // 1 for the table that was handed in, 0 for a copy.
        "same" => Box::new(move |routes| usize::from(routes.paths.as_ptr().addr() == at)),
        "meet" => {
            let meeting = Arc::clone(meeting);
            Box::new(move |routes| {
                meeting.wait();
                routes.paths.len()
            })
        }
        other => unreachable!("the case maker has no job {other}"),
    }
}
