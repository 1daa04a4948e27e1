//! A thread for each connection: a connection may move to another thread, and may not be used by two.
//!
//! It counts in a `Cell`, which changes through `&self` and without a lock. That is fine for one thread at a time,
//! so a `Connection` is `Send`. A `&Connection` on another thread would make two who count, so it is not `Sync`.
//! The type comes from a library: what changes is who has it.

use std::cell::Cell;
use std::thread::{self, ThreadId};

/// A connection to an upstream. It can't be cloned: one socket, one owner.
pub struct Connection {
    address: String,
    sent: Cell<usize>,
    used_by: Cell<Option<ThreadId>>,
}

impl Connection {
    /// A connection on which nothing was sent yet.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), sent: Cell::new(0), used_by: Cell::new(None) }
    }

    /// Sends so many bytes.
    pub fn send(&self, bytes: usize) {
        self.sent.set(self.sent.get() + bytes);
        self.used_by.set(Some(thread::current().id()));
    }

    /// Where it goes to, how many bytes were sent, and by which thread.
    pub fn told(&self) -> (&str, usize, Option<ThreadId>) {
        (&self.address, self.sent.get(), self.used_by.get())
    }
}

/// Sends on each connection the requests of its queue, each on a thread of its own, and gives the connections back.
pub fn send_all(connections: Vec<Connection>, queues: &[Vec<usize>]) -> Vec<Connection> {
    // exercise: begin
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for (connection, queue) in connections.into_iter().zip(queues) {
            workers.push(scope.spawn(move || {
                queue.iter().for_each(|&bytes| connection.send(bytes));
                // The thread had it for itself, and gives it back.
                connection
            }));
        }
        workers.into_iter().map(|worker| worker.join().expect("to send does not panic")).collect()
    })
    // exercise: stub
    // thread::scope(|scope| {
    //     for (connection, queue) in connections.iter().zip(queues) {
    //         scope.spawn(move || queue.iter().for_each(|&bytes| connection.send(bytes)));
    //     }
    // });
    // connections
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Connections to a, b, c and so on, after their queues were sent.
    fn sent(queues: &[Vec<usize>]) -> Vec<Connection> {
        let addresses = ["a", "b", "c", "d", "e"];
        send_all(addresses.iter().take(queues.len()).map(|address| Connection::new(address)).collect(), queues)
    }

    fn check(queues: &[Vec<usize>], expected: &[(&str, usize)], why: &str) {
        let connections = sent(queues);
        let got: Vec<_> = connections.iter().map(|connection| (connection.told().0, connection.told().1)).collect();
        assert!(got == expected, "{why}\ninput: {queues:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn sends_the_queue_of_one_connection() {
        check(&[vec![10, 20]], &[("a", 30)], "the connection comes back, and has sent its queue");
    }

    #[test]
    fn sends_on_each_connection_its_own_queue() {
        let why = "the connections come back in their order, and each has sent its own queue";
        check(&[vec![1], vec![2, 3], vec![4, 5, 6]], &[("a", 1), ("b", 5), ("c", 15)], why);
        check(&[vec![], vec![7]], &[("a", 0), ("b", 7)], why);
    }

    #[test]
    fn each_connection_has_a_thread_of_its_own() {
        let connections = sent(&[vec![1], vec![2], vec![3]]);
        let mut threads: Vec<_> = connections.iter().filter_map(|connection| connection.told().2).collect();
        threads.push(thread::current().id());
        let all = threads.len();
        threads.dedup();
        assert!(
            (all, threads.len()) == (4, 4),
            "a slow upstream must hold up nobody else, so each connection is used by a thread of its own\n\
             input: three connections, one request each\nexpected: three threads besides the caller's\n\
             got: {} threads, with the caller's",
            threads.len()
        );
    }
}
