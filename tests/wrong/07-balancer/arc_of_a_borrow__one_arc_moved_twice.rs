//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "a closure that says `move` takes a share each time"
//! fails = "E0382"
//! says = "In each round"

    let config = Arc::new(config);
    let mut workers = Vec::new();
    for queue in queues {
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
