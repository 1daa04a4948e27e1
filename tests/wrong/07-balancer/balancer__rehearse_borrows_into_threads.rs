//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "who joins a thread may lend it something, for the compiler sees the join"
//! fails = "E0373"
//! says = "a thread may go on after the function has returned"

    let shared = Arc::clone(balancer);
    let mut workers = Vec::new();
    for _ in 0..threads {
        workers.push(thread::spawn(|| {
            for key in 0..picks {
                drop(shared.pick(key, 0, None));
            }
        }));
    }
    for worker in workers {
        worker.join().expect("a pick does not panic");
    }
