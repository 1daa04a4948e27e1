//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! shape = "a `&mut` is a loan for one thread, and may cross"

    let mut connections = connections;
    thread::scope(|scope| {
        for (connection, queue) in connections.iter_mut().zip(queues) {
            scope.spawn(move || queue.iter().for_each(|&bytes| connection.send(bytes)));
        }
    });
    connections
