//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "an Arc need not move: the closure may look at it"
//! fails = "E0373"
//! says = "`move`"

    let config = Arc::new(config);
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(|| queue.into_iter().map(|length| length <= config.limit).collect()));
    }
    workers
