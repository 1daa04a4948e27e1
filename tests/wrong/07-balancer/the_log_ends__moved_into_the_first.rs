//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! misconception = "one sender serves all workers"
//! fails = "E0382"
//! says = "A clone for each"

    for targets in workers {
        thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).expect("the log ends after all workers");
            }
        });
    }
