//! Look without taking: the status page counts the bytes of a connection, and every client that is counted hangs up.
//!
//! A `match` on a value takes what its patterns name out of that value.
//! The one below is on `worker.conn.take()`: it takes the whole connection out of the worker, the socket with it.
//! It compiles, and it counts right. At its end nobody owns the connection any more, and so its socket is closed.
//! Change the match so that it looks, and the connection stays where it is.

/// A client's socket. When its owner goes away, it is closed, and the client sees the end.
#[derive(Debug)]
pub struct Socket {
    pub client: String,
}

/// One client connection.
#[derive(Debug)]
pub enum Conn {
    /// Between two requests.
    Idle { socket: Socket },
    /// A head is coming: these bytes of it are there.
    Reading { socket: Socket, head: Vec<u8> },
}

/// A worker serves one connection at a time, and sometimes none.
#[derive(Debug)]
pub struct Worker {
    pub conn: Option<Conn>,
    /// How often the status page has asked.
    pub asked: u32,
}

/// How many bytes the worker's connection holds. The status page asks for it while the connection goes on.
pub fn held(worker: &mut Worker) -> usize {
    worker.asked += 1;
    match worker.conn.take() {
        Some(Conn::Reading { head, .. }) => head.len(),
        Some(Conn::Idle { .. }) | None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a socket goes away, Rust calls `drop` on it. Here that counts the sockets that were closed.
    thread_local! { static CLOSED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Socket {
        fn drop(&mut self) {
            CLOSED.set(CLOSED.get() + 1);
        }
    }

    fn socket() -> Socket {
        Socket { client: String::from("203.0.113.7") }
    }

    fn reading() -> Worker {
        Worker { conn: Some(Conn::Reading { socket: socket(), head: b"GET /me".to_vec() }), asked: 0 }
    }

    fn idle() -> Worker {
        Worker { conn: Some(Conn::Idle { socket: socket() }), asked: 0 }
    }

    #[test]
    fn counts_what_a_head_has_so_far() {
        for (mut worker, expected) in [(reading(), 7), (idle(), 0), (Worker { conn: None, asked: 0 }, 0)] {
            let input = format!("{worker:?}");
            let got = held(&mut worker);
            let why = "only the bytes of a head that is coming count";
            assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected}\ngot: {got}");
            assert!(worker.asked == 1, "the status page has asked once\ninput: {input}\ngot: {}", worker.asked);
        }
    }

    #[test]
    fn the_connection_stays_with_its_worker() {
        for mut worker in [reading(), idle()] {
            let expected = format!("{:?}", worker.conn);
            held(&mut worker);
            let got = format!("{:?}", worker.conn);
            let why = "the worker goes on with its connection: whoever counts may look, and not take";
            assert!(got == expected, "{why}\nexpected: {expected}\ngot: {got}");
        }
    }

    #[test]
    fn no_socket_is_closed() {
        for mut worker in [reading(), idle()] {
            let input = format!("{worker:?}");
            CLOSED.set(0);
            held(&mut worker);
            let got = CLOSED.get();
            let why =
                "a socket lost its owner inside `held`, so it was closed: its client sees the end of the connection";
            assert!(got == 0, "{why}\ninput: {input}\nexpected: 0 sockets closed\ngot: {got}");
        }
    }

    #[test]
    fn no_byte_of_the_head_is_copied() {
        let mut worker = reading();
        let address = |worker: &Worker| match &worker.conn {
            Some(Conn::Reading { head, .. }) => Some(head.as_ptr()),
            Some(Conn::Idle { .. }) | None => None,
        };
        let before = address(&worker);
        held(&mut worker);
        let why = "the head is in another place: the connection was built anew, although nobody had to touch it";
        assert!(address(&worker) == before, "{why}\nexpected: the same bytes, where they were\ngot: other bytes");
    }
}
