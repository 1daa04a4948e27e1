//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "move makes a loan into something owned"
//! fails = "E0521"
//! says = "An `Arc::clone` of it belongs to the thread"

    let workers: Vec<_> = (0..threads)
        .map(|_| thread::spawn(move || (0..picks).for_each(|key| drop(balancer.pick(key, 0, None)))))
        .collect();
    for worker in workers {
        worker.join().expect("a pick does not panic");
    }
