//! The counter outside: workers count the responses that failed, and the proxy wants the sum.
//!
//! `move` gives the closure what it names. A number is `Copy`, so the closure gets a copy of its own, and so does
//! every other one. They count, and the number outside stays what it was.

use std::thread;

/// How many responses are the upstream's fault. Each worker looks at its own part of the statuses.
pub fn count_faults(parts: &[Vec<u16>]) -> u64 {
    // exercise: begin
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    let faults = AtomicU64::new(0);
    thread::scope(|scope| {
        for part in parts {
            // What moves into the closure is this loan: all threads add to one number.
            let faults = &faults;
            scope.spawn(move || faults.fetch_add(faults_of(part), Relaxed));
        }
    });
    faults.into_inner()
    // exercise: stub
    // let mut faults = 0;
    // thread::scope(|scope| {
    //     for part in parts {
    //         scope.spawn(move || {
    //             faults += faults_of(part);
    //             faults
    //         });
    //     }
    // });
    // faults
    // exercise: end
}

/// How many of these are the upstream's fault.
fn faults_of(statuses: &[u16]) -> u64 {
    statuses.iter().map(|&status| u64::from(status >= 500)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[Vec<u16>], expected: u64, why: &str) {
        let got = count_faults(parts);
        assert!(got == expected, "{why}\ninput: {parts:?}\nexpected: {expected}\ngot: {got}");
    }

    #[test]
    fn the_count_of_one_worker_arrives() {
        check(&[vec![200, 502, 504]], 2, "the worker counted two, and the number outside has to know");
    }

    #[test]
    fn the_counts_of_all_workers_arrive() {
        let why = "every worker's count is part of the sum";
        check(&[vec![502], vec![503, 404], vec![500, 200, 599]], 4, why);
        check(&[vec![599], vec![], vec![]], 1, why);
        check(&[vec![], vec![500]], 1, why);
    }

    #[test]
    fn no_count_gets_lost_when_many_count_at_once() {
        let parts = vec![vec![502; 3]; 32];
        for _ in 0..20 {
            check(&parts, 96, "32 workers add at the same time, and each of their sums counts");
        }
    }

    #[test]
    fn finds_nothing_where_nothing_failed() {
        // With a fault beside it, so that a count that is never made does not pass.
        check(&[vec![200, 499], vec![500]], 1, "499 is the client's own");
        check(&[vec![200, 304], vec![500]], 1, "200 and 304 are no faults");
    }
}
