//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! shape = "a block owns the sender, and drops it at its end"

    {
        let sender = sender;
    for targets in workers {
        let sender = sender.clone();
        thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).expect("the log ends after all workers");
            }
        });
    }
    }
