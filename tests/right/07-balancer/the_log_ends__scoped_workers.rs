//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! shape = "scoped threads borrow the sender, which then goes"

    thread::scope(|scope| {
        for targets in workers {
            let sender = &sender;
            scope.spawn(move || {
                for target in targets {
                    sender.send(format!("GET {target}")).expect("the log ends after all workers");
                }
            });
        }
    });
    drop(sender);
