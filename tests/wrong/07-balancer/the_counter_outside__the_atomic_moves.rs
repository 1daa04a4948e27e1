//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "`move` shares an atomic"
//! fails = "E0382"
//! says = "a loan of it"

    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    let faults = AtomicU64::new(0);
    thread::scope(|scope| {
        for part in parts {
            scope.spawn(move || faults.fetch_add(faults_of(part), Relaxed));
        }
    });
    faults.into_inner()
