//! The chunked transfer coding (RFC 9112 7.1), one byte after the other.
//!
//! Owns where in the coding we are, and nothing else: it keeps no byte of the body. However the input is cut,
//! the result is the same. Extensions are checked and dropped, trailer fields too, each within a limit.

use std::fmt;
use std::ops::Range;
use wire::syntax::{is_token_byte, is_value_byte};

/// What one call of [`Decoder::next`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// How many bytes of the input are used up.
    pub(crate) consumed: usize,
    /// Which of them are body bytes.
    pub(crate) data: Range<usize>,
}

/// Why a chunked body is refused, and at which byte of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChunkedError {
    /// What is wrong.
    pub(crate) fault: ChunkedFault,
    /// Offset of the offending byte, counted from the first byte after the head.
    pub(crate) offset: u64,
}

/// One way in which a chunked body breaks RFC 9112 7.1, or one of our limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChunkedFault {
    /// The chunk size is empty or not hexadecimal.
    Size,
    /// The chunk size does not fit into 64 bits.
    SizeOverflow,
    /// A chunk extension is malformed.
    Extension,
    /// A chunk-size line, or the sum of what stands beside the data, is too long.
    LineTooLong,
    /// A CR without LF, or an LF without CR, ends a line.
    LineEnd,
    /// The data is not followed by CRLF.
    DataEnd,
    /// A trailer field is malformed.
    Trailer,
    /// The trailer fields are longer than we read.
    TrailersTooLong,
}

impl fmt::Display for ChunkedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            ChunkedFault::Size => "the chunk size is not a hexadecimal number",
            ChunkedFault::SizeOverflow => "the chunk size does not fit into 64 bits",
            ChunkedFault::Extension => "a chunk extension is malformed",
            ChunkedFault::LineTooLong => "the chunk-size lines are too long",
            ChunkedFault::LineEnd => "a line of the chunked body does not end in CRLF",
            ChunkedFault::DataEnd => "the data of a chunk is not followed by CRLF",
            ChunkedFault::Trailer => "a trailer field is malformed",
            ChunkedFault::TrailersTooLong => "the trailer fields are too long",
        };
        write!(f, "{what} (at byte {} of the body)", self.offset)
    }
}

/// Reads one chunked body.
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    state: State,
    /// Bytes of the body seen so far.
    position: u64,
    /// Bytes of this chunk-size line, or of all trailer fields.
    line: usize,
    longest_line: usize,
    longest_trailers: usize,
    /// Bytes beside the data that the data does not pay for. Without this sum, a sender could wrap one
    /// byte of data in a whole line of extensions, again and again.
    excess: u64,
}

/// The most of [`Decoder::excess`].
const MOST_EXCESS: u64 = 16 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    SizeStart,
    Size(u64),
    /// White space that only a `;` may follow.
    BeforeExtension(u64),
    ExtensionStart(u64),
    ExtensionName(u64),
    AfterName(u64),
    ValueStart(u64),
    Value(u64),
    Quoted(u64),
    Escaped(u64),
    AfterQuoted(u64),
    SizeLf(u64),
    Data(u64),
    DataCr,
    DataLf,
    TrailerStart,
    TrailerName,
    TrailerValue,
    TrailerLf,
    LastLf,
    Done,
}

impl Decoder {
    /// A decoder that reads chunk-size lines of `longest_line` bytes and `longest_trailers` bytes of trailers.
    pub(crate) fn new(longest_line: usize, longest_trailers: usize) -> Self {
        Self { state: State::SizeStart, position: 0, line: 0, longest_line, longest_trailers, excess: 0 }
    }

    /// Whether the last chunk and its trailers are read.
    pub(crate) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Reads on until there is data, or the input or the body ends.
    pub(crate) fn next(&mut self, input: &[u8]) -> Result<Step, ChunkedError> {
        let mut at = 0;
        while at < input.len() && self.state != State::Done {
            if let State::Data(left) = self.state {
                let here = input.len() - at;
                let length = usize::try_from(left).map_or(here, |left| left.min(here));
                self.state = match left - length as u64 {
                    0 => State::DataCr,
                    left => State::Data(left),
                };
                self.position += length as u64;
                self.excess = self.excess.saturating_sub(2 * length as u64);
                return Ok(Step { consumed: at + length, data: at..at + length });
            }
            self.state = self.after(input[at]).map_err(|fault| ChunkedError { fault, offset: self.position })?;
            self.position += 1;
            at += 1;
        }
        Ok(Step { consumed: at, data: at..at })
    }

    /// The state after `byte`, which is not data.
    fn after(&mut self, byte: u8) -> Result<State, ChunkedFault> {
        use ChunkedFault::{DataEnd, Extension, LineEnd, SizeOverflow, Trailer};
        self.count()?;
        let blank = matches!(byte, b' ' | b'\t');
        Ok(match (self.state, byte) {
            (State::SizeStart, _) => State::Size(digit(byte).ok_or(ChunkedFault::Size)?),
            (State::Size(size), b'\r') => State::SizeLf(size),
            (State::Size(size), b';') => State::ExtensionStart(size),
            (State::Size(size), _) if blank => State::BeforeExtension(size),
            (State::Size(_), b'\n') => return Err(LineEnd),
            (State::Size(size), _) => {
                let digit = digit(byte).ok_or(ChunkedFault::Size)?;
                State::Size(size.checked_mul(16).ok_or(SizeOverflow)? + digit)
            }

            (State::BeforeExtension(size), b';') => State::ExtensionStart(size),
            (State::BeforeExtension(_) | State::ExtensionStart(_) | State::AfterName(_) | State::ValueStart(_), _)
                if blank =>
            {
                self.state
            }
            (State::BeforeExtension(_), _) => return Err(Extension),
            (State::ExtensionStart(size) | State::ExtensionName(size), _) if is_token_byte(byte) => {
                State::ExtensionName(size)
            }
            (State::ExtensionStart(_), _) => return Err(Extension),
            (State::ExtensionName(size) | State::AfterName(size), b'=') => State::ValueStart(size),
            (
                State::ExtensionName(size) | State::AfterName(size) | State::Value(size) | State::AfterQuoted(size),
                b';',
            ) => State::ExtensionStart(size),
            (State::ExtensionName(size), _) if blank => State::AfterName(size),
            (State::ExtensionName(size) | State::Value(size) | State::AfterQuoted(size), b'\r') => State::SizeLf(size),
            (State::ExtensionName(_) | State::Value(_) | State::AfterQuoted(_), b'\n') => return Err(LineEnd),
            (State::ExtensionName(_) | State::AfterName(_), _) => return Err(Extension),
            (State::ValueStart(size), b'"') => State::Quoted(size),
            (State::ValueStart(size) | State::Value(size), _) if is_token_byte(byte) => State::Value(size),
            (State::Value(size) | State::AfterQuoted(size), _) if blank => State::BeforeExtension(size),
            (State::ValueStart(_) | State::Value(_) | State::AfterQuoted(_), _) => return Err(Extension),
            (State::Quoted(size), b'"') => State::AfterQuoted(size),
            (State::Quoted(size), b'\\') => State::Escaped(size),
            (State::Quoted(size) | State::Escaped(size), _) if is_value_byte(byte) => State::Quoted(size),
            (State::Quoted(_) | State::Escaped(_), _) => return Err(Extension),

            (State::SizeLf(size), b'\n') => {
                self.line = 0;
                if size == 0 { State::TrailerStart } else { State::Data(size) }
            }
            (State::DataCr, b'\r') => State::DataLf,
            (State::DataLf, b'\n') => {
                self.line = 0;
                State::SizeStart
            }
            (State::DataCr | State::DataLf, _) => return Err(DataEnd),

            (State::TrailerStart, b'\r') => State::LastLf,
            (State::TrailerStart | State::TrailerName, _) if is_token_byte(byte) => State::TrailerName,
            (State::TrailerStart, b'\n') => return Err(LineEnd),
            (State::TrailerName, b':') => State::TrailerValue,
            (State::TrailerStart | State::TrailerName, _) => return Err(Trailer),
            (State::TrailerValue, b'\r') => State::TrailerLf,
            (State::TrailerValue, b'\n') => return Err(LineEnd),
            (State::TrailerValue, _) if is_value_byte(byte) => State::TrailerValue,
            (State::TrailerValue, _) => return Err(Trailer),
            (State::TrailerLf, b'\n') => State::TrailerStart,
            (State::LastLf, b'\n') => State::Done,
            (State::SizeLf(_) | State::TrailerLf | State::LastLf, _) => return Err(LineEnd),

            (State::Data(_) | State::Done, _) => unreachable!("`next` handles data and stops when done"),
        })
    }

    /// Counts one byte that is not data against the limit of its place.
    fn count(&mut self) -> Result<(), ChunkedFault> {
        self.line += 1;
        match self.state {
            State::TrailerStart | State::TrailerName | State::TrailerValue | State::TrailerLf | State::LastLf => {
                if self.line > self.longest_trailers {
                    return Err(ChunkedFault::TrailersTooLong);
                }
            }
            State::Size(_) if self.line <= 16 => {}
            State::SizeStart | State::DataCr | State::DataLf | State::SizeLf(_) => {}
            _ => {
                self.excess += 1;
                if self.line > self.longest_line || self.excess > MOST_EXCESS {
                    return Err(ChunkedFault::LineTooLong);
                }
            }
        }
        Ok(())
    }
}

/// Appends one chunk. An empty `data` would end the body, so it appends nothing.
pub(crate) fn put_chunk(out: &mut Vec<u8>, data: &[u8]) {
    if !data.is_empty() {
        put_chunk_size(out, data.len());
        out.extend_from_slice(data);
        out.extend_from_slice(b"\r\n");
    }
}

/// The chunk that ends a body, without trailers.
pub(crate) const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// Appends the line before the data of a chunk. Behind them belongs a CRLF.
pub(crate) fn put_chunk_size(out: &mut Vec<u8>, size: usize) {
    use std::io::Write as _;
    write!(out, "{size:x}\r\n").expect("a Vec takes every byte");
}

fn digit(byte: u8) -> Option<u64> {
    char::from(byte).to_digit(16).map(u64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes `input` in the given pieces: the data, how many bytes were used, and whether it ended.
    fn decode<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Result<(Vec<u8>, usize, bool), ChunkedError> {
        let mut decoder = Decoder::new(64, 64);
        let (mut data, mut used) = (Vec::new(), 0);
        for piece in pieces {
            let mut at = 0;
            while at < piece.len() && !decoder.is_done() {
                let step = decoder.next(&piece[at..])?;
                data.extend_from_slice(&piece[at..][step.data]);
                at += step.consumed;
            }
            used += at;
        }
        Ok((data, used, decoder.is_done()))
    }

    const GOOD: &[(&[u8], &[u8])] = &[
        (b"0\r\n\r\n", b""),
        (b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"A\r\n0123456789\r\na\r\n0123456789\r\n000\r\n\r\n", b"01234567890123456789"),
        (b"2;a\r\nhi\r\n1 ; b = \"q\\\" ;\" ;c=d\r\n!\r\n0;z\r\n\r\n", b"hi!"),
        (b"1\r\nx\r\n0\r\nX-Sum: 1\r\nX-Empty:\r\n\r\n", b"x"),
    ];

    const BAD: &[(&[u8], ChunkedFault, u64)] = &[
        (b"\r\n", ChunkedFault::Size, 0),
        (b"g\r\n", ChunkedFault::Size, 0),
        (b"+1\r\n", ChunkedFault::Size, 0),
        (b"-1\r\n", ChunkedFault::Size, 0),
        (b"0x1\r\n", ChunkedFault::Size, 1),
        (b"1_0\r\n", ChunkedFault::Size, 1),
        (b"10000000000000000\r\n", ChunkedFault::SizeOverflow, 16),
        (b"1\nx\r\n", ChunkedFault::LineEnd, 1),
        (b"1\rx", ChunkedFault::LineEnd, 2),
        (b"1 \r\n", ChunkedFault::Extension, 2),
        (b"1;\r\n", ChunkedFault::Extension, 2),
        (b"1;=a\r\n", ChunkedFault::Extension, 2),
        (b"1;a\n", ChunkedFault::LineEnd, 3),
        (b"1;a=\"\n\"\r\n", ChunkedFault::Extension, 5),
        (b"1\r\nxy", ChunkedFault::DataEnd, 4),
        (b"1\r\nx\n", ChunkedFault::DataEnd, 4),
        (b"0\r\n\n", ChunkedFault::LineEnd, 3),
        (b"0\r\n a: b\r\n", ChunkedFault::Trailer, 3),
        (b"0\r\na b\r\n", ChunkedFault::Trailer, 4),
        (b"0\r\na: b\n", ChunkedFault::LineEnd, 7),
        (b"0\r\na: \0\r\n", ChunkedFault::Trailer, 6),
    ];

    #[test]
    fn decodes_the_same_however_the_input_is_cut() {
        for &(input, expected) in GOOD {
            for first in 0..=input.len() {
                for second in first..=input.len() {
                    let pieces = [&input[..first], &input[first..second], &input[second..]];
                    let got = decode(pieces.into_iter());
                    let wanted = Ok((expected.to_vec(), input.len(), true));
                    assert_eq!(got, wanted, "{} cut at {first} and {second}", input.escape_ascii());
                }
            }
            assert_eq!(decode(input.chunks(1)), Ok((expected.to_vec(), input.len(), true)), "byte by byte");
        }
    }

    #[test]
    fn refuses_at_the_same_byte_however_the_input_is_cut() {
        for &(input, fault, offset) in BAD {
            for cut in 0..=input.len() {
                let got = decode([&input[..cut], &input[cut..]].into_iter());
                assert_eq!(got, Err(ChunkedError { fault, offset }), "{} cut at {cut}", input.escape_ascii());
            }
        }
    }

    #[test]
    fn leaves_the_bytes_after_the_body_alone() {
        let got = decode([b"1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1".as_slice()].into_iter());
        assert_eq!(got, Ok((b"x".to_vec(), 11, true)));
    }

    #[test]
    fn refuses_long_lines_and_long_trailers() {
        let line = [b"1;".as_slice(), &[b'a'; 100], b"\r\n"].concat();
        assert_eq!(decode([line.as_slice()].into_iter()).map_err(|e| e.fault), Err(ChunkedFault::LineTooLong));
        let zeros = [b'0'; 100];
        assert_eq!(decode([zeros.as_slice()].into_iter()).map_err(|e| e.fault), Err(ChunkedFault::LineTooLong));
        let trailers = [b"0\r\n".as_slice(), &b"a: b\r\n".repeat(20)].concat();
        assert_eq!(decode([trailers.as_slice()].into_iter()).map_err(|e| e.fault), Err(ChunkedFault::TrailersTooLong));
    }

    #[test]
    fn refuses_a_body_that_is_mostly_extensions() {
        let wasteful = [b"1;".as_slice(), &[b'a'; 50], b"\r\nx\r\n"].concat().repeat(400);
        assert_eq!(decode([wasteful.as_slice()].into_iter()).map_err(|e| e.fault), Err(ChunkedFault::LineTooLong));
    }

    #[test]
    fn what_we_write_we_can_read() {
        let mut out = Vec::new();
        put_chunk(&mut out, b"hello ");
        put_chunk(&mut out, b"");
        put_chunk(&mut out, &[b'x'; 300]);
        out.extend_from_slice(LAST_CHUNK);
        let expected = [b"hello ".as_slice(), &[b'x'; 300]].concat();
        assert_eq!(decode([out.as_slice()].into_iter()), Ok((expected, out.len(), true)));
    }
}
