//! Give it back: a function takes the read buffer, and has to return it whether a line is there or not.
//!
//! A client may send `GET / HT` now and `TP/1.1` later.
//! The worker gives its buffer to `look`, so the worker has no buffer while `look` runs.
//! Whatever `look` finds, the bytes must come back inside its answer, or they are lost.
//! A move costs nothing: the bytes stay where they are, and only their owner changes.

#![allow(unused)] // delete this line when your last todo!() is gone

/// What `look` found. Either way, the buffer is in it.
#[derive(Debug, PartialEq)]
pub enum Step {
    /// No line end yet: read more bytes into this buffer.
    More(Vec<u8>),
    /// The first `line` bytes of `buffer` are a whole line. Other bytes may follow it.
    Done { buffer: Vec<u8>, line: usize },
}

/// How long the first line is, with its line end, or `None` when its line end is not there yet.
pub fn first_line(buffer: &[u8]) -> Option<usize> {
    buffer.iter().position(|&byte| byte == b'\n').map(|at| at + 1)
}

/// Looks for the first line in `buffer`, and gives the buffer back.
pub fn look(buffer: Vec<u8>) -> Step {
    todo!("ask first_line how long the first line is, and move the buffer into Done or into More")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step, with its bytes as text.
    fn told(step: &Step) -> String {
        match step {
            Step::More(buffer) => format!("More: {}", buffer.escape_ascii()),
            Step::Done { buffer, line } => format!("Done, line: {line}, buffer: {}", buffer.escape_ascii()),
        }
    }

    fn check(input: &[u8], expected: Step, why: &str) {
        let got = look(input.to_vec());
        let (input, want) = (input.escape_ascii(), told(&expected));
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {want}\ngot: {}", told(&got));
    }

    #[test]
    fn finds_a_line_that_is_all_there() {
        let input = b"GET / HTTP/1.1\r\n";
        let expected = Step::Done { buffer: input.to_vec(), line: 16 };
        check(input, expected, "the line is all there, and its line end counts");
        let input = b"GET /menu HTTP/1.1\r\n";
        let expected = Step::Done { buffer: input.to_vec(), line: 20 };
        check(input, expected, "the line is all there, and its line end counts");
    }

    #[test]
    fn asks_for_more_and_keeps_what_came() {
        let why = "the worker gave its buffer away: the bytes that came so far have to be in the answer";
        check(b"GET / HT", Step::More(b"GET / HT".to_vec()), why);
        check(b"", Step::More(Vec::new()), why);
    }

    #[test]
    fn keeps_the_bytes_after_the_line() {
        let input = b"GET / HTTP/1.1\r\nHost: ca";
        let expected = Step::Done { buffer: input.to_vec(), line: 16 };
        check(input, expected, "the bytes after the line are in the same buffer, and nobody else has them");
    }

    #[test]
    fn moves_the_buffer_and_copies_no_byte() {
        for input in ["GET / HT", "GET / HTTP/1.1\r\nHost: ca"] {
            let buffer = input.as_bytes().to_vec();
            let before = buffer.as_ptr();
            let (Step::More(after) | Step::Done { buffer: after, .. }) = look(buffer);
            assert!(
                after.as_ptr() == before,
                "the buffer was copied: a move gives the bytes back where they are\n\
                 input: {input:?}\nexpected: the same address\ngot: another address"
            );
        }
    }
}
