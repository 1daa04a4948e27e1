//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! misconception = "an Arc makes a Sync of a Send"
//! fails = "E0277"
//! says = "two threads"

    let connections: Vec<_> = connections.into_iter().map(std::sync::Arc::new).collect();
    thread::scope(|scope| {
        for (connection, queue) in connections.iter().zip(queues) {
            let connection = std::sync::Arc::clone(connection);
            scope.spawn(move || queue.iter().for_each(|&bytes| connection.send(bytes)));
        }
    });
    connections.into_iter().filter_map(std::sync::Arc::into_inner).collect()
