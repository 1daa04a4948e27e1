//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "a thread that was spawned has run by the time its handle is dropped"
//! fails = "step_2_threads::all_threads_have_picked_when_it_returns"
//! says = "15 turns, whoever took them"

    for _ in 0..threads {
        let balancer = Arc::clone(balancer);
        thread::spawn(move || (0..picks).for_each(|key| drop(balancer.pick(key, 0, None))));
    }
