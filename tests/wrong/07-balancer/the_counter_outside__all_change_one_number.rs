//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "without `move`, all threads may change one number"
//! fails = "E0499"
//! says = "one at a time"

    let mut faults = 0;
    thread::scope(|scope| {
        for part in parts {
            let faults = &mut faults;
            scope.spawn(move || *faults += faults_of(part));
        }
    });
    faults
