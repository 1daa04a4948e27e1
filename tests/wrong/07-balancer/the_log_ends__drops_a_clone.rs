//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! misconception = "to drop a clone is to drop the sender"
//! fails = "ends_when_the_worker_has_ended"
//! says = "A deadlock"

    for targets in workers {
        let sender = sender.clone();
        thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).expect("the log ends after all workers");
            }
        });
    }
    drop(sender.clone());
