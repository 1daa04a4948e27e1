//! Two fields of Conn: one is read, another one is changed, and rustc refuses it.
//!
//! Would a caller break? None. `add` changes the totals, and the head lies in the buffer.
//! But rustc reads the signature of `head`, and not its body: `fn head(&self) -> &[u8]` borrows the whole connection.
//! So the totals are borrowed too, as far as rustc can see, until the head is used for the last time.
//! Show rustc what you know: name the fields, and it sees that they are two.

/// What a connection has seen so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    pub heads: u32,
    pub bytes: usize,
    pub longest: usize,
}

impl Totals {
    /// Counts one head.
    pub fn add(&mut self, head: &[u8]) {
        #[cfg(test)]
        tests::READ_AT.set(head.as_ptr() as usize);
        self.heads += 1;
        self.bytes += head.len();
        self.longest = self.longest.max(head.len());
    }
}

/// A client's connection: the first `end` bytes of its buffer are a head.
#[derive(Debug)]
pub struct Conn {
    pub buffer: Vec<u8>,
    pub end: usize,
    pub totals: Totals,
}

impl Conn {
    /// The head that lies in the buffer.
    pub fn head(&self) -> &[u8] {
        &self.buffer[..self.end]
    }

    /// Counts the head that lies in the buffer.
    pub fn count(&mut self) {
        let head = self.head();
        self.totals.add(head);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // Where the head lay that `add` got to read.
    thread_local! { pub(super) static READ_AT: Cell<usize> = const { Cell::new(0) }; }

    const HEAD: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

    fn conn(rest: &[u8]) -> Conn {
        Conn { buffer: [HEAD, rest].concat(), end: HEAD.len(), totals: Totals::default() }
    }

    #[test]
    fn counts_the_head() {
        let mut conn = conn(b"");
        conn.count();
        let expected = Totals { heads: 1, bytes: 18, longest: 18 };
        assert_eq!(conn.totals, expected, "the connection's own totals have to know of one head with 18 bytes");
    }

    #[test]
    fn counts_the_head_alone() {
        let mut conn = conn(b"GET /next");
        conn.count();
        assert_eq!(conn.totals.bytes, 18, "what stands behind the head belongs to the next one");
    }

    #[test]
    fn adds_to_what_was_there() {
        let mut conn = conn(b"");
        conn.count();
        conn.count();
        let expected = Totals { heads: 2, bytes: 36, longest: 18 };
        assert_eq!(conn.totals, expected, "two heads were counted on this connection");
    }

    #[test]
    fn leaves_the_buffer_as_it_is() {
        let mut conn = conn(b"GET /next");
        let before = conn.buffer.as_ptr();
        conn.count();
        assert_eq!(conn.head(), HEAD, "counting takes no byte away");
        assert!(conn.buffer.as_ptr() == before, "the buffer is another one now\nexpected: the same one");
    }

    #[test]
    fn copies_no_head_to_count_it() {
        let mut conn = conn(b"");
        conn.count();
        assert!(
            READ_AT.get() == conn.buffer.as_ptr() as usize,
            "the head was copied, although nothing was wrong with reading it where it is\n\
             expected: `add` reads the connection's own buffer\ngot: it read a copy"
        );
    }
}
