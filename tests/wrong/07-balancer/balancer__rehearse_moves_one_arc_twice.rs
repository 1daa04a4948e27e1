//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "an Arc is shared, so one of it serves all threads"
//! fails = "E0382"
//! says = "Clone the Arc in each round"

    let shared = Arc::clone(balancer);
    let mut workers = Vec::new();
    for _ in 0..threads {
        workers.push(thread::spawn(move || (0..picks).for_each(|key| drop(shared.pick(key, 0, None)))));
    }
    for worker in workers {
        worker.join().expect("a pick does not panic");
    }
