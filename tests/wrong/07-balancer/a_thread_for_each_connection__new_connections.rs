//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! misconception = "a thread can open a connection of its own"
//! fails = "sends_the_queue_of_one_connection"
//! says = "the connection comes back"

    thread::scope(|scope| {
        for (connection, queue) in connections.iter().zip(queues) {
            let address = connection.address.clone();
            scope.spawn(move || {
                let connection = Connection::new(&address);
                queue.iter().for_each(|&bytes| connection.send(bytes));
            });
        }
    });
    connections
