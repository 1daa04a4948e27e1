//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! misconception = "`move` shares the variable with the thread"
//! fails = "the_count_of_one_worker_arrives"
//! says = "the number outside has to know"

    let mut faults = 0;
    for part in parts {
        thread::scope(|scope| {
            scope.spawn(move || {
                faults += faults_of(part);
                println!("{faults} so far");
            });
        });
    }
    faults
