//! exercise = "07-balancer/the_counter_outside"
//! mark = "body"
//! shape = "the counts come over a channel"

    let (sender, counts) = std::sync::mpsc::channel();
    thread::scope(|scope| {
        for part in parts {
            let sender = sender.clone();
            scope.spawn(move || sender.send(faults_of(part)));
        }
    });
    drop(sender);
    counts.iter().sum()
