//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! misconception = "what is `Send` may be lent to another thread"
//! fails = "E0277"
//! says = "two threads"

    thread::scope(|scope| {
        let workers: Vec<_> = connections
            .iter()
            .zip(queues)
            .map(|(connection, queue)| scope.spawn(|| queue.iter().for_each(|&bytes| connection.send(bytes))))
            .collect();
        workers.into_iter().for_each(|worker| worker.join().expect("to send does not panic"));
    });
    connections
