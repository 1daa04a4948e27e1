//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! shape = "each thread gives its count back, and the caller adds"

    thread::scope(|scope| {
        let workers: Vec<_> = parts.iter().map(|part| scope.spawn(|| faults_of(part))).collect();
        workers.into_iter().map(|worker| worker.join().expect("to count does not panic")).sum()
    })
