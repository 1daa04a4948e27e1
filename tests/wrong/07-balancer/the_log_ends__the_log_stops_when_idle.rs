//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! misconception = "a log that finds the channel empty is done"
//! fails = "ends_when_the_worker_has_ended"
//! says = "one line was sent"
//! edits = { "for line in lines {" = "while let Ok(line) = lines.try_recv() {" }

    while !log.is_finished() {
        thread::yield_now();
    }
    for targets in workers {
        let sender = sender.clone();
        thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).ok();
            }
        });
    }
    drop(sender);
