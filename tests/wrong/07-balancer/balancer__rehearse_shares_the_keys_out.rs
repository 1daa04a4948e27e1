//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "more threads do the same work in less time, so the keys are shared out"
//! fails = "step_2_threads::all_threads_have_picked_when_it_returns"
//! says = "15 turns, whoever took them"

    let mut workers = Vec::new();
    for thread in 0..threads as u64 {
        let (balancer, threads) = (Arc::clone(balancer), threads as u64);
        workers.push(thread::spawn(move || {
            (0..picks).filter(|key| key % threads == thread).for_each(|key| drop(balancer.pick(key, 0, None)));
        }));
    }
    for worker in workers {
        worker.join().expect("a pick does not panic");
    }
