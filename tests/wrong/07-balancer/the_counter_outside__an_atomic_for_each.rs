//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "an atomic is one number, wherever it is made"
//! fails = "the_count_of_one_worker_arrives"
//! says = "the number outside has to know"

    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    let faults = AtomicU64::new(0);
    thread::scope(|scope| {
        for part in parts {
            let faults = AtomicU64::new(faults.load(Relaxed));
            scope.spawn(move || faults.fetch_add(faults_of(part), Relaxed));
        }
    });
    faults.into_inner()
