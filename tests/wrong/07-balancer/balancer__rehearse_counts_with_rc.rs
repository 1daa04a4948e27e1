//! exercise = "07-balancer"
//! mark = "rehearse"
//! misconception = "Rc counts its owners, so threads may own it together"
//! fails = "E0277"
//! says = "`Rc` counts without atomics"

    let shared = std::rc::Rc::new(Arc::clone(balancer));
    let mut workers = Vec::new();
    for _ in 0..threads {
        let shared = std::rc::Rc::clone(&shared);
        workers.push(thread::spawn(move || (0..picks).for_each(|key| drop(shared.pick(key, 0, None)))));
    }
    for worker in workers {
        worker.join().expect("a pick does not panic");
    }
