//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! shape = "the shares are made before the threads"

    let config = Arc::new(config);
    let shares = vec![config; queues.len()];
    let mut workers = Vec::new();
    for (queue, config) in queues.into_iter().zip(shares) {
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
