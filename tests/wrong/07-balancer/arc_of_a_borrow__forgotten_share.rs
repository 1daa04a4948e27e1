//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "one share more does no harm"
//! fails = "the_configuration_goes_with_the_last_worker"
//! says = "leaked"

    let config = Arc::new(config);
    std::mem::forget(Arc::clone(&config));
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
