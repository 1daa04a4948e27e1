//! exercise = "07-balancer/a_thread_for_each_connection"
//! mark = "body"
//! shape = "a lock each, which is the subject of the next chapter"

    use std::sync::Mutex;
    let connections: Vec<_> = connections.into_iter().map(Mutex::new).collect();
    thread::scope(|scope| {
        for (connection, queue) in connections.iter().zip(queues) {
            scope.spawn(move || {
                let connection = connection.lock().expect("nobody panics with it");
                queue.iter().for_each(|&bytes| connection.send(bytes));
            });
        }
    });
    connections.into_iter().map(|connection| connection.into_inner().expect("nobody panicked with it")).collect()
