//! Framing: where a body ends (RFC 9112 6). A wrong answer here is a smuggled request.
//!
//! Pure: fields in, a decision out. Leaves out the chunks themselves (see `chunked`). The rules are strict on
//! purpose: whenever two readers could disagree about the length, the message is refused.

use crate::fields::{Fields, Name, elements, name};
use std::fmt;
use wire::Version;

/// Where the body of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// There is none.
    Empty,
    /// After so many bytes.
    Length(u64),
    /// After its last chunk.
    Chunked,
    /// When the upstream closes. Responses only.
    UntilClose,
}

/// Why the framing of a message is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FramingFault {
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

/// Where the body of a request ends.
pub(crate) fn request(head: &impl Fields, version: Version) -> Result<Framing, FramingFault> {
    Ok(match declared(head, version)? {
        Declared { chunked: true, .. } => Framing::Chunked,
        Declared { length: Some(length), .. } => Framing::Length(length),
        Declared { length: None, .. } => Framing::Empty,
    })
}

/// Where the body of a response ends, and the Content-Length that goes on to the client.
///
/// The two differ for HEAD and 304, whose Content-Length speaks of a body that does not come.
pub(crate) fn response(
    head: &impl Fields,
    version: Version,
    status: u16,
    answers_head: bool,
) -> Result<(Framing, Option<u64>), FramingFault> {
    // RFC 9112 6.3, first rule: these end with the head whatever the fields say. RFC 9110 8.6 forbids a
    // Content-Length in the first two, so one that came is not even read.
    if status < 200 || status == 204 {
        return Ok((Framing::Empty, None));
    }
    let declared = declared(head, version)?;
    if answers_head || status == 304 {
        return Ok((Framing::Empty, declared.length));
    }
    Ok(match declared {
        Declared { chunked: true, .. } => (Framing::Chunked, None),
        Declared { length: Some(length), .. } => (Framing::Length(length), Some(length)),
        Declared { length: None, .. } => (Framing::UntilClose, None),
    })
}

struct Declared {
    length: Option<u64>,
    chunked: bool,
}

fn declared(head: &impl Fields, version: Version) -> Result<Declared, FramingFault> {
    let mut length = None;
    let mut codings = Codings::default();
    for (field, value) in head.fields() {
        match name(field) {
            Name::ContentLength => {
                for element in elements(value) {
                    let number = decimal(element).ok_or(FramingFault::Length)?;
                    if length.is_some_and(|before| before != number) {
                        return Err(FramingFault::LengthsDiffer);
                    }
                    length = Some(number);
                }
            }
            Name::TransferEncoding => elements(value).for_each(|coding| codings.add(coding)),
            Name::Connection | Name::Date | Name::Host | Name::XForwardedFor | Name::HopByHop | Name::Other => {}
        }
    }
    if codings.count == 0 {
        return Ok(Declared { length, chunked: false });
    }
    if length.is_some() {
        return Err(FramingFault::Both);
    }
    if version == Version::Http10 {
        return Err(FramingFault::CodingInHttp10);
    }
    codings.verdict()?;
    Ok(Declared { length, chunked: true })
}

/// What the Transfer-Encoding fields hold, in order.
#[derive(Default)]
struct Codings {
    count: usize,
    chunked: usize,
    chunked_is_last: bool,
    unregistered: bool,
}

impl Codings {
    fn add(&mut self, coding: &[u8]) {
        self.count += 1;
        self.chunked_is_last = coding.eq_ignore_ascii_case(b"chunked");
        if self.chunked_is_last {
            self.chunked += 1;
            return;
        }
        let name = coding.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        // An empty element is legal in a list, and useless: nobody needs one, smugglers try it.
        let registered = ["", "chunked", "gzip", "x-gzip", "deflate", "compress", "x-compress"];
        self.unregistered |= !registered.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name));
    }

    fn verdict(&self) -> Result<(), FramingFault> {
        if self.unregistered {
            return Err(FramingFault::UnknownCoding);
        }
        if !self.chunked_is_last || self.chunked > 1 {
            return Err(FramingFault::ChunkedNotLast);
        }
        if self.count > 1 {
            return Err(FramingFault::UnknownCoding);
        }
        Ok(())
    }
}

/// Digits only: `str::parse` would take a sign.
fn decimal(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0_u64, |number, &byte| {
        if !byte.is_ascii_digit() {
            return None;
        }
        number.checked_mul(10)?.checked_add(u64::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::Listed;

    type Case = (&'static [(&'static str, &'static str)], Result<Framing, FramingFault>);

    #[test]
    fn requests() {
        let cases: &[Case] = &[
            (&[], Ok(Framing::Empty)),
            (&[("Content-Length", "0")], Ok(Framing::Length(0))),
            (&[("Content-Length", "18446744073709551615")], Ok(Framing::Length(u64::MAX))),
            (&[("Content-Length", "5, 5"), ("content-length", "5")], Ok(Framing::Length(5))),
            (&[("Transfer-Encoding", "Chunked")], Ok(Framing::Chunked)),
            (&[("Content-Length", "18446744073709551616")], Err(FramingFault::Length)),
            (&[("Content-Length", "")], Err(FramingFault::Length)),
            (&[("Content-Length", "+5")], Err(FramingFault::Length)),
            (&[("Content-Length", "-5")], Err(FramingFault::Length)),
            (&[("Content-Length", "5,")], Err(FramingFault::Length)),
            (&[("Content-Length", "0x5")], Err(FramingFault::Length)),
            (&[("Content-Length", "5 5")], Err(FramingFault::Length)),
            (&[("Content-Length", "5, 6")], Err(FramingFault::LengthsDiffer)),
            (&[("Content-Length", "5"), ("Content-Length", "6")], Err(FramingFault::LengthsDiffer)),
            (&[("Content-Length", "5"), ("Transfer-Encoding", "chunked")], Err(FramingFault::Both)),
            (&[("Content-Length", "5"), ("Transfer-Encoding", "")], Err(FramingFault::Both)),
            (&[("Transfer-Encoding", "")], Err(FramingFault::ChunkedNotLast)),
            (&[("Transfer-Encoding", "gzip")], Err(FramingFault::ChunkedNotLast)),
            (&[("Transfer-Encoding", "chunked, gzip")], Err(FramingFault::ChunkedNotLast)),
            (&[("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")], Err(FramingFault::ChunkedNotLast)),
            (&[("Transfer-Encoding", "chunked;a=b")], Err(FramingFault::ChunkedNotLast)),
            (&[("Transfer-Encoding", "gzip, chunked")], Err(FramingFault::UnknownCoding)),
            (&[("Transfer-Encoding", "xchunked")], Err(FramingFault::UnknownCoding)),
            (&[("Transfer-Encoding", "identity, chunked")], Err(FramingFault::UnknownCoding)),
        ];
        for &(fields, expected) in cases {
            assert_eq!(request(&Listed(fields), Version::Http11), expected, "{fields:?}");
        }
    }

    #[test]
    fn http_1_0_has_no_transfer_encoding() {
        let chunked = Listed(&[("Transfer-Encoding", "chunked")]);
        assert_eq!(request(&chunked, Version::Http10), Err(FramingFault::CodingInHttp10));
        assert_eq!(response(&chunked, Version::Http10, 200, false), Err(FramingFault::CodingInHttp10));
    }

    #[test]
    fn responses_without_a_body_have_none_whatever_the_fields_say() {
        let five = Listed(&[("Content-Length", "5")]);
        let chunked = Listed(&[("Transfer-Encoding", "chunked")]);
        for (status, answers_head, length) in
            [(204, false, None), (103, false, None), (304, false, Some(5)), (200, true, Some(5))]
        {
            assert_eq!(
                response(&five, Version::Http11, status, answers_head),
                Ok((Framing::Empty, length)),
                "{status}"
            );
            assert_eq!(
                response(&chunked, Version::Http11, status, answers_head),
                Ok((Framing::Empty, None)),
                "{status}"
            );
        }
    }

    #[test]
    fn a_response_without_a_length_ends_with_the_connection() {
        assert_eq!(response(&Listed(&[]), Version::Http11, 200, false), Ok((Framing::UntilClose, None)));
    }
}
