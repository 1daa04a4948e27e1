//! Where the body of a message ends, as words (RFC 9112 6).
//!
//! Leaves out the decision (part 02, `headers`) and the chunks themselves.

use std::fmt;

/// Where the body of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// There is none.
    Empty,
    /// After so many bytes.
    Length(u64),
    /// After its last chunk.
    Chunked,
    /// When the upstream closes. Responses only.
    UntilClose,
}

/// Where the body of a response ends, and what its Content-Length says.
///
/// The two differ where a length speaks of a body that does not come: in the answer to HEAD, and in a 304.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseFraming {
    /// Where the body that comes ends.
    pub framing: Framing,
    /// The Content-Length that goes on to the client.
    pub length: Option<u64>,
}

/// What the Connection fields of a message say (RFC 9110 7.6.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionOptions {
    /// The connection ends after this message.
    pub close: bool,
    /// The sender asks to keep it, which only HTTP/1.0 has to.
    pub keep_alive: bool,
    /// The Upgrade field is meant for us: the sender would like another protocol.
    pub upgrade: bool,
}

/// Why nobody can say where a body ends. A guess here is a smuggled request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FramingFault {
    /// Content-Length and Transfer-Encoding together (RFC 9112 6.1).
    Both,
    /// Content-Length is no number, or one that is too large (RFC 9112 6.3).
    Length,
    /// Two Content-Lengths that differ (RFC 9112 6.3).
    LengthsDiffer,
    /// Transfer-Encoding in an HTTP/1.0 message (RFC 9112 6.1).
    CodingInHttp10,
    /// `chunked` is not the last coding, or stands there twice, or has parameters (RFC 9112 6.1, 7.1).
    ChunkedNotLast,
    /// A coding that we do not know, or do not do (RFC 9112 6.1).
    UnknownCoding,
}

impl fmt::Display for FramingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FramingFault::Both => "Content-Length and Transfer-Encoding stand together, so the body has two lengths",
            FramingFault::Length => "Content-Length is not a decimal number of at most 64 bits",
            FramingFault::LengthsDiffer => "two Content-Lengths differ",
            FramingFault::CodingInHttp10 => "an HTTP/1.0 message has a Transfer-Encoding",
            FramingFault::ChunkedNotLast => "chunked has to be the last transfer coding, once and without parameters",
            FramingFault::UnknownCoding => "the only transfer coding here is chunked",
        })
    }
}

impl std::error::Error for FramingFault {}
