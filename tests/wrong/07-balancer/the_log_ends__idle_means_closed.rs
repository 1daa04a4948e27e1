//! exercise = "07-balancer/the_log_ends"
//! mark = "body"
//! misconception = "a channel closes when the workers have nothing more to send"
//! fails = "ends_when_the_worker_has_ended"
//! says = "A deadlock"

    let mut handles = Vec::new();
    for targets in workers {
        let sender = sender.clone();
        handles.push(thread::spawn(move || {
            for target in targets {
                sender.send(format!("GET {target}")).expect("the log ends after all workers");
            }
        }));
    }
    // All workers have ended, so the log has nothing more to do.
    handles.into_iter().for_each(|handle| handle.join().expect("to send does not panic"));
