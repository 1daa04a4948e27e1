//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! misconception = "what is not `Sync` has to stay on one thread"
//! fails = "each_connection_has_a_thread_of_its_own"
//! says = "a slow upstream must hold up nobody else"

    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            for (connection, queue) in connections.iter().zip(queues) {
                queue.iter().for_each(|&bytes| connection.send(bytes));
            }
            connections
        });
        worker.join().expect("to send does not panic")
    })
