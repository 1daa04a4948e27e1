//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "what can be changed through & can be shared by threads"
//! fails = "E0277"
//! says = "Cell"

    let faults = std::cell::Cell::new(0);
    thread::scope(|scope| {
        for part in parts {
            let faults = &faults;
            scope.spawn(move || faults.set(faults.get() + faults_of(part)));
        }
    });
    faults.get()
