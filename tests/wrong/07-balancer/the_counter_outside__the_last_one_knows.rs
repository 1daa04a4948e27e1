//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "the last thread has seen the counts of the others"
//! fails = "the_counts_of_all_workers_arrive"
//! says = "part of the sum"

    let mut faults = 0;
    thread::scope(|scope| {
        let workers: Vec<_> = parts
            .iter()
            .map(|part| {
                scope.spawn(move || {
                    faults += faults_of(part);
                    faults
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("to count does not panic")).last().unwrap_or(0)
    })
