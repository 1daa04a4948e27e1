//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! shape = "a number is copied into each thread"

    let limit = config.limit;
    let judge = |queue: Receiver<usize>| thread::spawn(move || queue.iter().map(|length| length <= limit).collect());
    queues.into_iter().map(judge).collect()
