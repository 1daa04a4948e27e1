//! Where does a response end? The framing of RFC 9112 6.3, for the answer to any request but CONNECT.
//!
//! Owns the bytes of an unfinished line or head, and throws bodies away as they come. Reads no socket.

use crate::head::{Coding, Head};
use memchr::memmem;

/// The longest head, and the longest line in a chunked body.
const LONGEST: usize = 64 * 1024;

/// A response that came whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Whether the connection may carry another request.
    pub(crate) keeps_alive: bool,
}

/// Bytes that are no response, or leave its framing in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// How far the bytes brought us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// All bytes are used, and the response goes on.
    More,
    /// The response is whole; so many of the bytes belong to it.
    Whole(Response, usize),
}

/// Reads one response after the other; bytes may come in any pieces.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    state: State,
    /// What came of the head, or of a line in a chunked body.
    kept: Vec<u8>,
    /// The answers are those to HEAD: their bodies do not come.
    is_head: bool,
}

#[derive(Debug, Clone, Copy, Default)]
enum State {
    #[default]
    Head,
    Length(Response, u64),
    ChunkLine(Response),
    Chunk(Response, u64),
    ChunkEnd(Response),
    Trailers(Response),
    UntilClose(Response),
}

impl Reader {
    /// Reads answers to HEAD, or to any other method.
    pub(crate) fn new(is_head: bool) -> Self {
        Self { is_head, ..Self::default() }
    }

    /// Takes bytes as they came.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<Progress, Malformed> {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            let (used, next) = match self.state {
                State::Head => match self.keep_until(b"\r\n\r\n", rest)? {
                    (used, true) => (used, self.after_head()?),
                    (_, false) => return Ok(Progress::More),
                },
                State::Length(response, left) => match skip(left, rest) {
                    (used, 0) => (used, Next::Whole(response)),
                    (_, left) => return Ok(self.more(State::Length(response, left))),
                },
                State::Chunk(response, left) => match skip(left, rest) {
                    (used, 0) => (used, Next::State(State::ChunkEnd(response))),
                    (_, left) => return Ok(self.more(State::Chunk(response, left))),
                },
                State::ChunkEnd(response) => match self.keep_until(b"\r\n", rest)? {
                    (used, true) if self.kept == b"\r\n" => (used, Next::State(State::ChunkLine(response))),
                    (_, true) => return Err(Malformed),
                    (_, false) => return Ok(Progress::More),
                },
                State::ChunkLine(response) => match self.keep_until(b"\r\n", rest)? {
                    (used, true) => (used, Next::State(self.after_chunk_line(response)?)),
                    (_, false) => return Ok(Progress::More),
                },
                State::Trailers(response) => match self.keep_until(b"\r\n", rest)? {
                    (used, true) if self.kept == b"\r\n" => (used, Next::Whole(response)),
                    (used, true) => (used, Next::State(self.state)),
                    (_, false) => return Ok(Progress::More),
                },
                State::UntilClose(_) => return Ok(Progress::More),
            };
            at += used;
            self.kept.clear();
            match next {
                Next::State(state) => self.state = state,
                Next::Whole(response) => {
                    self.state = State::Head;
                    return Ok(Progress::Whole(response, at));
                }
            }
        }
    }

    /// Says what the end of the connection means: the end of the response, or that it was cut.
    pub(crate) fn end(&self) -> Option<Response> {
        match self.state {
            State::UntilClose(response) => Some(response),
            State::Head | State::Length(..) | State::ChunkLine(_) | State::Chunk(..) => None,
            State::ChunkEnd(_) | State::Trailers(_) => None,
        }
    }

    fn more(&mut self, state: State) -> Progress {
        self.state = state;
        Progress::More
    }

    /// Keeps bytes up to and with `mark`; says how many it took, and whether the mark has come.
    fn keep_until(&mut self, mark: &[u8], bytes: &[u8]) -> Result<(usize, bool), Malformed> {
        let before = self.kept.len();
        self.kept.extend_from_slice(bytes);
        // The mark may lie across the border between what was kept and what came.
        let from = before.saturating_sub(mark.len() - 1);
        let end = memmem::find(&self.kept[from..], mark).map(|found| from + found + mark.len());
        if end.unwrap_or(self.kept.len()) > LONGEST {
            return Err(Malformed);
        }
        if let Some(end) = end {
            self.kept.truncate(end);
        }
        Ok((self.kept.len() - before, end.is_some()))
    }

    fn after_head(&self) -> Result<Next, Malformed> {
        let head = Head::parse(&self.kept).ok_or(Malformed)?;
        let response = Response { status: head.status, keeps_alive: head.keeps_alive };
        Ok(match (head.coding, head.length) {
            // An interim response: the real one follows. 101 can't come, for nobody asked for an upgrade.
            _ if head.status == 101 => return Err(Malformed),
            _ if head.status < 200 => Next::State(State::Head),
            _ if self.is_head || matches!(head.status, 204 | 304) => Next::Whole(response),
            // RFC 9112 6.1: with both fields the framing is in doubt.
            (Some(_), Some(_)) => return Err(Malformed),
            (Some(Coding::Chunked), None) => Next::State(State::ChunkLine(response)),
            (None, Some(0)) => Next::Whole(response),
            (None, Some(length)) => Next::State(State::Length(response, length)),
            (Some(Coding::Other), None) | (None, None) => {
                Next::State(State::UntilClose(Response { keeps_alive: false, ..response }))
            }
        })
    }

    fn after_chunk_line(&self, response: Response) -> Result<State, Malformed> {
        let line = &self.kept[..self.kept.len() - 2];
        let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        // After the size there may be an extension, which says nothing about the framing.
        let extended = line[digits..].trim_ascii_start();
        if !(1..=15).contains(&digits) || !(extended.is_empty() || extended[0] == b';') {
            return Err(Malformed);
        }
        let digits = std::str::from_utf8(&line[..digits]).expect("hexadecimal digits are ASCII");
        let size = u64::from_str_radix(digits, 16).expect("at most 15 hexadecimal digits, seen above");
        Ok(if size == 0 { State::Trailers(response) } else { State::Chunk(response, size) })
    }
}

/// What follows a step that is done.
enum Next {
    State(State),
    Whole(Response),
}

/// Uses up to `left` of the bytes; says how many, and how many are left after that.
fn skip(left: u64, bytes: &[u8]) -> (usize, u64) {
    let used = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
    (used, left - used as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `wire` in pieces of `size` bytes, and tells what came of it: responses, and the length of the last.
    fn read(wire: &[u8], size: usize) -> Result<Vec<Response>, Malformed> {
        let mut reader = Reader::default();
        let mut responses = Vec::new();
        for mut piece in wire.chunks(size) {
            while !piece.is_empty() {
                match reader.take(piece)? {
                    Progress::More => break,
                    Progress::Whole(response, used) => {
                        responses.push(response);
                        piece = &piece[used..];
                    }
                }
            }
        }
        responses.extend(reader.end());
        Ok(responses)
    }

    fn check(wire: &str, expected: Result<&[(u16, bool)], Malformed>) {
        let expected =
            expected.map(|all| all.iter().map(|&(status, keeps_alive)| Response { status, keeps_alive }).collect());
        for size in 1..=wire.len() {
            let got = read(wire.as_bytes(), size);
            assert_eq!(got, expected, "{wire:?} in pieces of {size}");
        }
    }

    #[test]
    fn a_length_ends_the_body_however_it_is_split() {
        let one = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab\r\nc";
        check(one, Ok(&[(200, true)]));
        check(&format!("{one}{one}"), Ok(&[(200, true), (200, true)]));
        check("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Ok(&[(404, true)]));
        check("HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\nContent-Length: 1\r\n\r\na", Ok(&[(200, true)]));
        check(&one[..one.len() - 1], Ok(&[]));
    }

    #[test]
    fn chunks_end_with_the_last_one_and_its_trailers() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
        check(&format!("{head}3\r\na\r\n\r\nA;x=\"1\"\r\n0123456789\r\n0\r\n\r\n"), Ok(&[(200, true)]));
        check(&format!("{head}0\r\nA: b\r\nC: d\r\n\r\n{head}0\r\n\r\n"), Ok(&[(200, true), (200, true)]));
        check(&format!("{head}3\r\nabc\r\n0\r\n"), Ok(&[]));
        check(&format!("{head}3\r\nabcd\r\n0\r\n\r\n"), Err(Malformed));
        check(&format!("{head}\r\n"), Err(Malformed));
        check(&format!("{head}1x\r\n"), Err(Malformed));
    }

    #[test]
    fn some_responses_have_no_body_and_some_end_with_the_connection() {
        check("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", Ok(&[(204, true)]));
        check("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", Ok(&[(304, true)]));
        check("HTTP/1.1 200 OK\r\n\r\nto the end", Ok(&[(200, false)]));
        check("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nto the end", Ok(&[(200, false)]));
    }

    #[test]
    fn an_answer_to_head_has_no_body_whatever_it_announces() {
        for announced in ["Content-Length: 9", "Transfer-Encoding: chunked"] {
            let wire = format!("HTTP/1.1 200 OK\r\n{announced}\r\n\r\n");
            let got = Reader::new(true).take(wire.as_bytes());
            assert_eq!(got, Ok(Progress::Whole(Response { status: 200, keeps_alive: true }, wire.len())), "{wire:?}");
        }
    }

    #[test]
    fn the_connection_field_and_the_version_say_whether_it_goes_on() {
        let with = |start: &str, field: &str| format!("{start} 200 OK\r\nContent-Length: 0\r\n{field}\r\n");
        check(&with("HTTP/1.1", "Connection: a, Close\r\n"), Ok(&[(200, false)]));
        check(&with("HTTP/1.0", ""), Ok(&[(200, false)]));
        check(&with("HTTP/1.0", "Connection: keep-alive\r\n"), Ok(&[(200, true)]));
    }

    #[test]
    fn what_leaves_the_framing_in_doubt_is_malformed() {
        for fields in [
            "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: 1\r\nContent-Length: 2\r\n",
            "Content-Length: +1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length : 1\r\n",
            "no colon\r\n",
        ] {
            check(&format!("HTTP/1.1 200 OK\r\n{fields}\r\n"), Err(Malformed));
        }
        for line in ["HTTP/2 200 OK", "HTTP/1.1 20 OK", "HTTP/1.1 2000", "HTTP/1.1 101 Upgraded", "hello"] {
            check(&format!("{line}\r\n\r\n"), Err(Malformed));
        }
        let long = format!("HTTP/1.1 200 OK\r\nA: {}", "a".repeat(LONGEST));
        assert_eq!(read(long.as_bytes(), 4096), Err(Malformed));
    }
}
