//! A match can move: the status page asks how many bytes a connection holds, and the connection has to go on.
//!
//! A connection owns a buffer, and which buffer depends on its state.
//! `Conn::Reading(buffer)` in a match on `conn` binds `buffer` to the buffer itself.
//! So the buffer leaves the connection, and what is left cannot be given back.
//! Change the match so that it looks at the buffers and takes none.

/// The bytes that a connection holds. They have one owner at any moment.
pub struct Buffer {
    pub bytes: Vec<u8>,
}

/// One client connection, with the bytes that belong to its state.
pub enum Conn {
    /// The head is arriving.
    Reading(Buffer),
    /// The head is complete; `left` bytes of the body are still to come.
    Forwarding { head: Buffer, left: usize },
    /// Nothing is held any more.
    Closed,
}

/// Counts the bytes that the connection holds, and gives the connection back.
pub fn measure(conn: Conn) -> (usize, Conn) {
    // exercise: begin
    let held = match &conn {
        Conn::Reading(buffer) => buffer.bytes.len(),
        Conn::Forwarding { head, .. } => head.bytes.len(),
        Conn::Closed => 0,
    };
    // exercise: stub
    // let held = match conn {
    //     Conn::Reading(buffer) => buffer.bytes.len(),
    //     Conn::Forwarding { head, .. } => head.bytes.len(),
    //     Conn::Closed => 0,
    // };
    // exercise: end
    (held, conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a value goes away, Rust calls `drop` on the value. Here that counts the freed buffers.
    thread_local! { static FREED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Buffer {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    fn reading() -> Conn {
        Conn::Reading(Buffer { bytes: b"GET /me".to_vec() })
    }

    fn forwarding() -> Conn {
        Conn::Forwarding { head: Buffer { bytes: b"POST / HTTP/1.1\r\n\r\n".to_vec() }, left: 40 }
    }

    /// A connection, with its bytes as text.
    fn told(conn: &Conn) -> String {
        match conn {
            Conn::Reading(buffer) => format!("Reading {}", buffer.bytes.escape_ascii()),
            Conn::Forwarding { head, left } => format!("Forwarding {}, {left} left", head.bytes.escape_ascii()),
            Conn::Closed => String::from("Closed"),
        }
    }

    fn check(conn: Conn, held: usize) {
        let (input, expected) = (told(&conn), format!("{held} bytes in {}", told(&conn)));
        let (held, after) = measure(conn);
        let got = format!("{held} bytes in {}", told(&after));
        let why = "the count is the number of bytes in the buffer, and the connection comes back as it was";
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected}\ngot: {got}");
    }

    #[test]
    fn a_closed_connection_holds_nothing() {
        check(Conn::Closed, 0);
    }

    #[test]
    fn counts_what_a_reading_connection_holds() {
        check(reading(), 7);
    }

    #[test]
    fn counts_the_head_of_a_forwarding_connection() {
        check(forwarding(), 19);
    }

    #[test]
    fn the_buffer_stays_in_the_connection() {
        for conn in [reading(), forwarding()] {
            let input = told(&conn);
            let (_, after) = measure(conn);
            let got = FREED.get();
            assert_eq!(
                got, 0,
                "a buffer was freed inside `measure`, so a copy was made: to look at a buffer, no copy is needed\n\
                 input: {input}\nexpected: 0 buffers freed\ngot: {got}"
            );
            drop(after);
            FREED.set(0);
        }
    }
}
