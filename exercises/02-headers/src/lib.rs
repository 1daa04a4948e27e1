//! Part 02, `headers`: look into the fields of a head, and copy nothing.
//!
//! Owns no byte. Every function borrows the head through [`Fields`], and what it gives back is borrowed from the
//! head as well: the lifetime `'a` in a signature says so. Whoever holds such a slice keeps the head where it is.
//!
//! ```text
//! Fields<'a> -> find           -> &'a [u8]                   one value
//!            -> elements       -> &'a [u8], &'a [u8], ...    a list, over all its lines
//!            -> end_to_end     -> Field<'a>, Field<'a>, ...  what travels on
//!            -> request_framing, response_framing            where the body ends
//! ```
//!
//! Which names end at this hop (`Known::is_hop_by_hop`) and how a list is cut (`syntax::first_element`) is
//! scaffolding: your work is to say who borrows from whom.

#![allow(unused)] // delete this line when your last todo!() is gone

use wire::{ConnectionOptions, Field, Fields, Framing, FramingFault, Known, Lines, ResponseFraming, Version, syntax};

/// The value of the first field called `name`, in small letters or capitals.
///
/// Two loans come in, and the value that goes out lives as long as the first one: the head. The name may be gone
/// by then.
pub fn find<'a>(fields: Fields<'a>, name: &str) -> Option<&'a [u8]> {
    todo!("look for the first field whose name is `name`, and give back its value, which borrows from the head")
}

/// The elements of a list field, over all the lines that have its name (RFC 9110 5.3). Empty ones are left out.
pub fn elements(fields: Fields<'_>, name: Known) -> Elements<'_> {
    Elements { lines: fields.of(name), rest: None }
}

/// What [`elements`] gives: each element is a slice of the head, and not of this iterator.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    /// The lines that have not been read yet.
    lines: Lines<'a>,
    /// What is left of the line that is being read.
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        todo!("cut the next element that is not empty off self.rest; where nothing is left, go on with the next line")
    }
}

/// What the Connection fields say about the connection itself.
pub fn connection(fields: Fields<'_>) -> ConnectionOptions {
    let mut found = ConnectionOptions::default();
    for option in elements(fields, Known::Connection) {
        found.close |= option.eq_ignore_ascii_case(b"close");
        found.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
        found.upgrade |= option.eq_ignore_ascii_case(b"upgrade");
    }
    found
}

/// The fields that travel on to the next server, in their order (RFC 9110 7.6.1).
pub fn end_to_end(fields: Fields<'_>) -> impl Iterator<Item = Field<'_>> {
    fields.iter().filter(move |field| travels_on(fields, field))
}

/// Whether `field` is meant for more than this hop.
///
/// A known field goes by its definition. RFC 9110 7.6.1 forbids to name a field in Connection that is meant for
/// everybody; a sender who does it anyway (`Connection: Host`) wants the next server to miss that field.
/// Any other field ends here when an element of Connection has its name.
fn travels_on(fields: Fields<'_>, field: &Field<'_>) -> bool {
    todo!("a known field: ask whether it is hop-by-hop; any other: look for its name among Connection's elements")
}

/// Where the body of a request ends (RFC 9112 6.3).
///
/// # Errors
/// Whenever two readers could disagree: a proxy that guesses lets somebody smuggle a request past it.
pub fn request_framing(fields: Fields<'_>, version: Version) -> Result<Framing, FramingFault> {
    if is_chunked(fields, version)? {
        return Ok(Framing::Chunked);
    }
    Ok(content_length(fields)?.map_or(Framing::Empty, Framing::Length))
}

/// Where the body of a response ends, and the Content-Length that goes on to the client (RFC 9112 6.3).
///
/// # Errors
/// As [`request_framing`].
pub fn response_framing(
    fields: Fields<'_>,
    version: Version,
    status: u16,
    answers_head: bool,
) -> Result<ResponseFraming, FramingFault> {
    // First rule: these end with the head whatever the fields say. RFC 9110 8.6 forbids a Content-Length in
    // them, so one that came is not even read.
    if status < 200 || status == 204 {
        return Ok(ResponseFraming { framing: Framing::Empty, length: None });
    }
    let framing = request_framing(fields, version)?;
    let length = if let Framing::Length(length) = framing { Some(length) } else { None };
    let framing = match framing {
        _ if answers_head || status == 304 => Framing::Empty,
        // Without a length, a request has no body, and a response has one that goes on to the end.
        Framing::Empty => Framing::UntilClose,
        Framing::Length(_) | Framing::Chunked | Framing::UntilClose => framing,
    };
    Ok(ResponseFraming { framing, length })
}

/// What the Content-Length fields say: one number, however often it stands there.
///
/// A length is the list of itself: `5, 5` comes from software that joined two lines (RFC 9110 8.6). An empty
/// element is no number.
fn content_length(fields: Fields<'_>) -> Result<Option<u64>, FramingFault> {
    let mut length: Option<u64> = None;
    todo!("read every element of every Content-Length line with decimal, and refuse numbers that differ")
}

/// Digits only: `str::parse` would take a sign.
fn decimal(text: &[u8]) -> Result<u64, FramingFault> {
    if text.is_empty() {
        return Err(FramingFault::Length);
    }
    let add = |number: u64, &byte: &u8| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    text.iter().try_fold(0, add).ok_or(FramingFault::Length)
}

/// Whether the Transfer-Encoding fields say `chunked`, which is all that they may say to us.
fn is_chunked(fields: Fields<'_>, version: Version) -> Result<bool, FramingFault> {
    if !fields.has(Known::TransferEncoding) {
        return Ok(false);
    }
    if fields.has(Known::ContentLength) {
        return Err(FramingFault::Both);
    }
    if version == Version::Http10 {
        return Err(FramingFault::CodingInHttp10);
    }
    let (mut count, mut chunked, mut last) = (0, 0, b"".as_slice());
    let codings = fields.of(Known::TransferEncoding).flat_map(|field| syntax::elements(field.value));
    // Empty elements do not count (RFC 9110 5.6.1.2). They do no harm: what goes on is our own field, without them.
    for coding in codings.filter(|coding| !coding.is_empty()) {
        let name = coding.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        let registered: [&[u8]; 6] = [b"chunked", b"gzip", b"x-gzip", b"deflate", b"compress", b"x-compress"];
        if !registered.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return Err(FramingFault::UnknownCoding);
        }
        count += 1;
        chunked += usize::from(coding.eq_ignore_ascii_case(b"chunked"));
        last = coding;
    }
    match (last.eq_ignore_ascii_case(b"chunked"), chunked, count) {
        (true, 1, 1) => Ok(true),
        // Other codings before it: legal, and more than we can undo.
        (true, 1, _) => Err(FramingFault::UnknownCoding),
        (_, _, _) => Err(FramingFault::ChunkedNotLast),
    }
}
