//! What can be wrong with a head, and where.

use std::fmt;

/// Why a head is refused, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub fault: Fault,
    /// Offset of the offending byte, counted from the first byte of the head.
    pub offset: usize,
}

impl ParseError {
    /// `fault`, noticed at byte `offset` of the head.
    pub fn new(fault: Fault, offset: usize) -> Self {
        Self { fault, offset }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.fault, self.offset)
    }
}

impl std::error::Error for ParseError {}

/// One way in which a head breaks RFC 9112, or one of our limits.
///
/// It does not name a status code: the same fault is 400 from a client and 502 from an upstream.
/// Whoever read the head knows which of the two it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The head is longer than [`Limits::head`](crate::Limits::head).
    HeadTooLong {
        /// The limit that was reached, in bytes.
        limit: usize,
    },
    /// The request-target is longer than [`Limits::target`](crate::Limits::target).
    TargetTooLong {
        /// The limit that was reached, in bytes.
        limit: usize,
    },
    /// There are more field lines than [`Limits::fields`](crate::Limits::fields).
    TooManyFields {
        /// The limit that was reached, in field lines.
        limit: usize,
    },
    /// The bytes stop before the blank line that ends a head.
    NoBlankLine,
    /// A line ends in LF alone (RFC 9112 2.2).
    BareLf,
    /// A CR stands somewhere else than before an LF (RFC 9112 2.2).
    BareCr,
    /// The method is empty or holds a byte that no token may hold (RFC 9110 9.1).
    Method,
    /// The request-target is empty, or holds white space or a control byte (RFC 9112 3.2).
    Target,
    /// The last word of the request line is not `HTTP/` digit `.` digit (RFC 9112 2.3).
    Version,
    /// The version is well formed, and not 1.x.
    VersionUnsupported,
    /// The status code of a response is not three digits, 100 to 599 (RFC 9112 4).
    Status,
    /// White space stands before the first field (RFC 9112 2.2).
    SpaceBeforeFirstField,
    /// A field value goes on in the next line (obs-fold, RFC 9112 5.2).
    ObsFold,
    /// A field line has no colon (RFC 9112 5).
    NoColon,
    /// White space stands between the field name and the colon (RFC 9112 5.1).
    SpaceBeforeColon,
    /// The field name is empty or holds a byte that no token may hold (RFC 9110 5.1).
    FieldName,
    /// The field value holds a control byte (RFC 9110 5.5).
    FieldValue,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::HeadTooLong { limit } => write!(f, "the head is longer than {limit} bytes"),
            Fault::TargetTooLong { limit } => write!(f, "the request-target is longer than {limit} bytes"),
            Fault::TooManyFields { limit } => write!(f, "the head has more than {limit} field lines"),
            Fault::NoBlankLine => f.write_str("the head stops before its blank line"),
            Fault::BareLf => f.write_str("a line ends in LF without CR"),
            Fault::BareCr => f.write_str("a CR stands without its LF"),
            Fault::Method => f.write_str("the method is not a token"),
            Fault::Target => f.write_str("the request-target is empty or holds an illegal byte"),
            Fault::Version => f.write_str("the HTTP version is malformed"),
            Fault::VersionUnsupported => f.write_str("the HTTP version is not 1.x"),
            Fault::Status => f.write_str("the status code is not three digits from 100 to 599"),
            Fault::SpaceBeforeFirstField => f.write_str("white space stands before the first field"),
            Fault::ObsFold => f.write_str("a field value is folded over two lines"),
            Fault::NoColon => f.write_str("a field line has no colon"),
            Fault::SpaceBeforeColon => f.write_str("white space stands before the colon"),
            Fault::FieldName => f.write_str("the field name is not a token"),
            Fault::FieldValue => f.write_str("the field value holds a control byte"),
        }
    }
}
