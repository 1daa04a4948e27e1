//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "two Arcs keep a borrow alive"
//! fails = "E0597"
//! says = "keeps a loan"

    let inner = Arc::new(config);
    let config = Arc::new(&*inner);
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
