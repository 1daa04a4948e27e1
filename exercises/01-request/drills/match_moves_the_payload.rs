//! A match can move: the status page asks how many bytes a connection holds, and the connection has to go on.
//!
//! A connection owns a buffer, and which buffer depends on its state.
//! `Conn::Reading(buffer)` in a match on `conn` binds `buffer` to the buffer itself.
//! So the buffer leaves the connection, and what is left cannot be given back.
//! Change the match so that it looks at the buffers and takes none.

/// One client connection, with the bytes that belong to its state.
#[derive(Debug, PartialEq)]
pub enum Conn {
    /// The head is arriving.
    Reading(Vec<u8>),
    /// The head is complete; `left` bytes of the body are still to come.
    Forwarding { head: Vec<u8>, left: usize },
    /// Nothing is held any more.
    Closed,
}

/// Counts the bytes that the connection holds, and gives the connection back.
pub fn measure(conn: Conn) -> (usize, Conn) {
    let held = match conn {
        Conn::Reading(buffer) => buffer.len(),
        Conn::Forwarding { head, .. } => head.len(),
        Conn::Closed => 0,
    };
    (held, conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(conn: Conn, held: usize, expected: Conn) {
        let input = format!("{conn:?}");
        let got = measure(conn);
        assert!(
            got == (held, expected),
            "the count is the number of bytes in the buffer, and the connection comes back as it was\n\
             input: {input}\nexpected: {held} bytes, and the same connection\ngot: {got:?}"
        );
    }

    #[test]
    fn a_closed_connection_holds_nothing() {
        check(Conn::Closed, 0, Conn::Closed);
    }

    #[test]
    fn counts_what_a_reading_connection_holds() {
        check(Conn::Reading(b"GET /me".to_vec()), 7, Conn::Reading(b"GET /me".to_vec()));
    }

    #[test]
    fn counts_the_head_of_a_forwarding_connection() {
        let forwarding = || Conn::Forwarding { head: b"POST / HTTP/1.1\r\n\r\n".to_vec(), left: 40 };
        check(forwarding(), 19, forwarding());
    }

    #[test]
    fn the_buffer_stays_in_the_connection() {
        let buffer = b"GET /me".to_vec();
        let before = buffer.as_ptr();
        let (_, conn) = measure(Conn::Reading(buffer));
        let Conn::Reading(after) = conn else {
            panic!("the state changed\ninput: Reading\nexpected: Reading\ngot: {conn:?}");
        };
        assert!(
            after.as_ptr() == before,
            "the connection came back with a copy of its buffer: to look at a buffer, no copy is needed\n\
             input: Reading\nexpected: the same bytes, at the same address\ngot: other bytes, at another address"
        );
    }
}
