//! A getter borrows all of it: reading lines from the buffer while the state changes, and both belong to one connection.
//!
//! `conn.buf()` promises nothing but its signature: `&self` in, a reference out.
//! So for the compiler the reference may lead into any field, and as long as it lives all of `conn` is borrowed.
//! The state, which the loop wants to change, is a field of `conn`.
//! The body of `buf` would tell that only the buffer is lent; the compiler does not look into bodies of others.
//! Borrow the field itself, and both may be used side by side. No line has to be copied.

/// One line of a head, without its line end.
#[derive(Clone)]
pub struct Line {
    pub text: String,
}

/// How far the head is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// So many lines of it have come.
    ReadingHead { lines: usize },
    /// Its empty line was seen, after so many lines.
    Complete { lines: usize },
}

impl State {
    /// Takes note of one line. What comes after the empty line belongs to the body.
    pub fn see(&mut self, line: &str) {
        match *self {
            State::ReadingHead { lines } if line.is_empty() => *self = State::Complete { lines },
            State::ReadingHead { lines } => *self = State::ReadingHead { lines: lines + 1 },
            State::Complete { .. } => {}
        }
    }
}

/// One client connection: the lines that have come, and where it is.
pub struct Conn {
    pub buffer: Vec<Line>,
    pub state: State,
}

impl Conn {
    /// The lines that have come.
    pub fn buf(&self) -> &[Line] {
        &self.buffer
    }
}

/// Shows every line of the buffer to the state, in order.
pub fn advance(conn: &mut Conn) {
    for line in conn.buf() {
        conn.state.see(&line.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a line goes away, Rust calls `drop` on it. Here that counts the freed lines.
    thread_local! { static FREED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Line {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    fn conn(texts: &[&str]) -> Conn {
        let buffer = texts.iter().map(|text| Line { text: text.to_string() }).collect();
        Conn { buffer, state: State::ReadingHead { lines: 0 } }
    }

    fn check(texts: &[&str], expected: State, why: &str) {
        let mut conn = conn(texts);
        advance(&mut conn);
        let got = conn.state;
        assert!(got == expected, "{why}\ninput: {texts:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn an_empty_buffer_changes_nothing() {
        check(&[], State::ReadingHead { lines: 0 }, "nothing has come yet");
    }

    #[test]
    fn counts_the_lines_of_a_head() {
        check(&["GET / HTTP/1.1"], State::ReadingHead { lines: 1 }, "one line has come");
        check(&["GET / HTTP/1.1", "Host: cafe.example"], State::ReadingHead { lines: 2 }, "two lines have come");
    }

    #[test]
    fn an_empty_line_completes_it() {
        let texts = ["GET / HTTP/1.1", "Host: cafe.example", "", "a=1"];
        check(&texts, State::Complete { lines: 2 }, "the head ends at its empty line, and the body does not count");
    }

    #[test]
    fn the_lines_stay_in_the_buffer() {
        let mut conn = conn(&["GET / HTTP/1.1", "Host: cafe.example"]);
        advance(&mut conn);
        let got: Vec<&str> = conn.buf().iter().map(|line| line.text.as_str()).collect();
        let why = "the next stage parses the same lines, so they stay where they are";
        assert_eq!(got, ["GET / HTTP/1.1", "Host: cafe.example"], "{why}");
    }

    #[test]
    fn copies_no_line() {
        let mut conn = conn(&["GET / HTTP/1.1", "Host: cafe.example"]);
        FREED.set(0);
        advance(&mut conn);
        let got = FREED.get();
        let why = "lines were copied, and the copies freed again: to lend one field out, no copy is needed";
        assert!(got == 0, "{why}\ninput: two lines\nexpected: 0 lines freed\ngot: {got}");
    }
}
