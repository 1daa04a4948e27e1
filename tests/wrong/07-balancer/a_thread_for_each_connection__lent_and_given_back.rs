//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! misconception = "a connection that moved into a thread is still here afterwards"
//! fails = "E0382"
//! says = "gives it back"

    thread::scope(|scope| {
        for (connection, queue) in connections.into_iter().zip(queues) {
            scope.spawn(move || queue.iter().for_each(|&bytes| connection.send(bytes)));
        }
    });
    connections
