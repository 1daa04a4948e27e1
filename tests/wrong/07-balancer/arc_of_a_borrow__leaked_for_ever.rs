//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "`'static` asks for something that is never freed"
//! fails = "the_configuration_goes_with_the_last_worker"
//! says = "leaked"

    let config: Arc<&'static Config> = Arc::new(Box::leak(Box::new(config)));
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
