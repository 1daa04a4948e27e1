//! The vocabulary of the access log: one finished request as an entry, many of them as columns.
//!
//! A line is the Combined Log Format and one word more, the microseconds that the request took:
//!
//! ```text
//! 192.0.2.7 - - [23/Nov/2026:13:05:27 +0000] "GET /menu HTTP/1.1" 200 1536 "-" "curl/8.5.0" 840
//! ```
//!
//! Owns the types, and how numbers, times and escapes are spelled ([`spell`], [`Cursor`]); the part decides what is
//! borrowed and what is copied. A byte that could end a field or the line stands there as `\xHH`, as nginx writes it.

mod columns;
mod cursor;
pub mod spell;

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

pub use columns::{Columns, Texts};
pub use cursor::Cursor;

use crate::Version;

/// One finished request, as the access log keeps it. It borrows its texts where it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Who asked.
    pub client: IpAddr,
    /// When the request came, in seconds since the start of 1970, UTC.
    pub time: u64,
    /// The request line; `None` when the client sent none that could be read (the answer was 400, say).
    pub request: Option<RequestWords<'a>>,
    /// The status code of the answer.
    pub status: u16,
    /// Bytes of the answer's body.
    pub body_bytes: u64,
    /// The Referer field, when there was one.
    pub referer: Option<Cow<'a, [u8]>>,
    /// The User-Agent field, when there was one.
    pub user_agent: Option<Cow<'a, [u8]>>,
    /// From the first byte of the request to the last byte of the answer, in microseconds.
    pub took_us: u64,
}

/// The three words of a request line, as the client spelled them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestWords<'a> {
    /// The method.
    pub method: Cow<'a, [u8]>,
    /// The request-target.
    pub target: Cow<'a, [u8]>,
    /// The version.
    pub version: Version,
}

impl Entry<'_> {
    /// The request-target; empty when there was no request line.
    pub fn target(&self) -> &[u8] {
        self.request.as_ref().map_or(b"", |request| &request.target)
    }

    /// The same entry with copies of all that it borrowed, so that it can outlive the line.
    pub fn into_owned(self) -> Entry<'static> {
        Entry {
            request: self.request.map(|request| RequestWords {
                method: owned(request.method),
                target: owned(request.target),
                version: request.version,
            }),
            referer: self.referer.map(owned),
            user_agent: self.user_agent.map(owned),
            client: self.client,
            time: self.time,
            status: self.status,
            body_bytes: self.body_bytes,
            took_us: self.took_us,
        }
    }
}

fn owned(text: Cow<'_, [u8]>) -> Cow<'static, [u8]> {
    Cow::Owned(text.into_owned())
}

/// Why a line cannot be read, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineError {
    /// What is wrong.
    pub fault: LineFault,
    /// Offset of the first byte of the word that cannot be read, counted from the start of the line.
    pub offset: usize,
}

impl LineError {
    /// `fault`, noticed at byte `offset` of the line.
    pub fn new(fault: LineFault, offset: usize) -> Self {
        Self { fault, offset }
    }
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.fault, self.offset)
    }
}

impl std::error::Error for LineError {}

/// One way in which a line differs from what the log writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LineFault {
    /// The first word is not an IP address.
    Client,
    /// The second or the third word is missing (`-`, or a name that we do not use).
    Identity,
    /// The time is not `[23/Nov/2026:13:05:27 +0000]`, or not a real moment since 1970.
    Time,
    /// The request is neither `-` nor method, target and version with one space between them.
    Request,
    /// The version is neither HTTP/1.0 nor HTTP/1.1.
    Version,
    /// The status is not a number up to 65,535.
    Status,
    /// The count of bytes is neither `-` nor a number of 64 bits.
    Bytes,
    /// A text does not stand between two quotes.
    Quote,
    /// A backslash is not the start of `\x` and two hexadecimal digits.
    Escape,
    /// The last word is not the microseconds, a number of 64 bits.
    Took,
    /// Something stands after the last word.
    End,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LineFault::Client => "the line does not begin with an IP address",
            LineFault::Identity => "one of the two words between address and time is missing",
            LineFault::Time => "the time is not written as [23/Nov/2026:13:05:27 +0000]",
            LineFault::Request => "the request is not a method, a target and a version",
            LineFault::Version => "the version is neither HTTP/1.0 nor HTTP/1.1",
            LineFault::Status => "the status is not a number up to 65535",
            LineFault::Bytes => "the count of bytes is not a number",
            LineFault::Quote => "a text does not stand between two quotes",
            LineFault::Escape => "a backslash is not followed by x and two hexadecimal digits",
            LineFault::Took => "the microseconds are missing or not a number",
            LineFault::End => "something stands after the microseconds",
        })
    }
}
