//! exercise = "07-balancer/arc_of_a_borrow"
//! mark = "body"
//! misconception = "a loan lives as long as the Arc around it"
//! fails = "E0597"
//! says = "keeps a loan"

    let kept = config;
    let config: Arc<&Config> = Arc::new(&kept);
    let mut workers = Vec::new();
    for queue in queues {
        let config = Arc::clone(&config);
        workers.push(thread::spawn(move || queue.iter().map(|length| length <= config.limit).collect()));
    }
    workers
