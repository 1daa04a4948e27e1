//! A share for each thread: all workers look into the same table of routes, at the same time.
//!
//! The table is large and can't be cloned. Each worker owns a share of it, and the last one to go frees it.
//! `Rc` counts its shares with a plain number. If two threads counted at once, one step would get lost, and somebody
//! would free the table while another one reads it.

use std::thread;

/// Where requests go. There is one table in the proxy.
pub struct Routes {
    pub paths: Vec<String>,
}

/// What a worker does with the table.
pub type Job = Box<dyn FnOnce(&Routes) -> usize + Send>;

/// Runs each job on a thread of its own, all at the same time, and gives what they said, in the order of the jobs.
pub fn run(routes: Routes, jobs: Vec<Job>) -> Vec<usize> {
    use std::rc::Rc as Share;
    let routes = Share::new(routes);
    let mut workers = Vec::new();
    for job in jobs {
        // One more owner, and no second table.
        let routes = Share::clone(&routes);
        workers.push(thread::spawn(move || job(&routes)));
    }
    workers.into_iter().map(|worker| worker.join().expect("a job does not panic")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Barrier};

    fn check(got: Vec<usize>, expected: Vec<usize>, input: &str, why: &str) {
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
    }

    fn routes() -> Routes {
        Routes { paths: ["/", "/menu", "/order"].map(str::to_owned).to_vec() }
    }

    #[test]
    fn gives_the_results_in_the_order_of_the_jobs() {
        let count: Job = Box::new(|routes| routes.paths.len());
        let longest: Job = Box::new(|routes| routes.paths.iter().map(String::len).max().unwrap_or(0));
        check(run(routes(), vec![count, longest]), vec![3, 6], "how many routes, how long is the longest", "two jobs");
    }

    #[test]
    fn runs_all_jobs_at_the_same_time() {
        let meeting = Arc::new(Barrier::new(3));
        let meet = |_| -> Job {
            let meeting = Arc::clone(&meeting);
            Box::new(move |routes| {
                meeting.wait();
                routes.paths.len()
            })
        };
        let jobs = (0..3).map(meet).collect();
        check(run(routes(), jobs), vec![3; 3], "three jobs that wait for each other", "each has a thread of its own");
    }

    #[test]
    fn every_worker_sees_the_same_table() {
        let routes = routes();
        let at = routes.paths.as_ptr().addr();
        let look = |_| -> Job { Box::new(|routes| routes.paths.as_ptr().addr()) };
        let jobs = (0..3).map(look).collect();
        let why = "the table was copied: a worker needs a share of the one table, and no table of its own";
        check(run(routes, jobs), vec![at; 3], "the address of the routes, three times", why);
    }

    #[test]
    fn is_done_at_once_without_jobs() {
        check(run(routes(), Vec::new()), Vec::new(), "no jobs", "nobody is there to wait for");
    }
}
