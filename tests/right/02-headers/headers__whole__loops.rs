//! exercise = "02-headers"
//! mark = "*"
//! shape = "a whole other part: plain loops, one table of facts a head, and slices cut by hand"

//! Part 02, `headers`, in another manner: loops, and a table of what the framing fields say.

use wire::{ConnectionOptions, Field, Fields, Framing, FramingFault, Known, ResponseFraming, Version, syntax};

/// The value of the first field called `name`.
pub fn find<'head>(fields: Fields<'head>, name: &str) -> Option<&'head [u8]> {
    let wanted = name.as_bytes();
    for Field { name, value, .. } in fields.iter() {
        if name.len() == wanted.len() && name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
    }
    None
}

/// The elements of a list field.
pub fn elements(fields: Fields<'_>, name: Known) -> Elements<'_> {
    Elements { fields, name, line: 0, rest: None }
}

/// Counts the lines itself instead of keeping an iterator.
#[derive(Clone, Debug)]
pub struct Elements<'head> {
    fields: Fields<'head>,
    name: Known,
    line: usize,
    rest: Option<&'head [u8]>,
}

impl<'head> Iterator for Elements<'head> {
    type Item = &'head [u8];

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rest) = self.rest.take().or_else(|| {
            let next = self.fields.of(self.name).nth(self.line)?;
            self.line += 1;
            Some(next.value)
        }) {
            let (element, behind) = syntax::first_element(rest);
            self.rest = behind;
            if element != b"" {
                return Some(element);
            }
        }
        None
    }
}

/// What Connection says.
pub fn connection(fields: Fields<'_>) -> ConnectionOptions {
    let says = |wanted: &str| elements(fields, Known::Connection).any(|one| one.eq_ignore_ascii_case(wanted.as_bytes()));
    ConnectionOptions { close: says("close"), keep_alive: says("keep-alive"), upgrade: says("upgrade") }
}

/// The fields that travel on.
pub fn end_to_end(fields: Fields<'_>) -> impl Iterator<Item = Field<'_>> {
    let mut kept = Vec::with_capacity(fields.len());
    'fields: for field in fields.iter() {
        if field.known.is_some_and(Known::is_hop_by_hop) {
            continue;
        }
        if field.known.is_none() {
            for option in elements(fields, Known::Connection) {
                if option.eq_ignore_ascii_case(field.name) {
                    continue 'fields;
                }
            }
        }
        kept.push(field);
    }
    kept.into_iter()
}

/// Where the body of a request ends.
pub fn request_framing(fields: Fields<'_>, version: Version) -> Result<Framing, FramingFault> {
    let mut codings: Vec<&[u8]> =
        fields.of(Known::TransferEncoding).flat_map(|field| syntax::elements(field.value)).collect();
    codings.retain(|coding| !coding.is_empty());
    match codings.as_slice() {
        _ if !fields.has(Known::TransferEncoding) => length(fields),
        _ if fields.has(Known::ContentLength) => Err(FramingFault::Both),
        _ if version == Version::Http10 => Err(FramingFault::CodingInHttp10),
        [only] if is_chunked(only) => Ok(Framing::Chunked),
        all if !all.iter().all(|coding| is_registered(coding)) => Err(FramingFault::UnknownCoding),
        [before @ .., last] if is_chunked(last) && !before.iter().any(|coding| is_chunked(coding)) => {
            Err(FramingFault::UnknownCoding)
        }
        _ => Err(FramingFault::ChunkedNotLast),
    }
}

/// Where the body of a response ends.
pub fn response_framing(
    fields: Fields<'_>,
    version: Version,
    status: u16,
    answers_head: bool,
) -> Result<ResponseFraming, FramingFault> {
    if matches!(status, 100..=199 | 204) {
        return Ok(ResponseFraming { framing: Framing::Empty, length: None });
    }
    let (framing, length) = match request_framing(fields, version)? {
        Framing::Length(length) => (Framing::Length(length), Some(length)),
        Framing::Chunked => (Framing::Chunked, None),
        Framing::Empty | Framing::UntilClose => (Framing::UntilClose, None),
    };
    Ok(ResponseFraming { framing: if answers_head || status == 304 { Framing::Empty } else { framing }, length })
}

fn is_chunked(coding: &[u8]) -> bool {
    coding.eq_ignore_ascii_case(b"chunked")
}

fn is_registered(coding: &[u8]) -> bool {
    let name = coding.split(|&byte| byte == b';').next().unwrap_or(coding).trim_ascii();
    let registered = ["chunked", "gzip", "x-gzip", "deflate", "compress", "x-compress"];
    registered.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

fn length(fields: Fields<'_>) -> Result<Framing, FramingFault> {
    let mut numbers = fields.of(Known::ContentLength).flat_map(|field| syntax::elements(field.value)).map(number);
    let Some(first) = numbers.next().transpose()? else {
        return Ok(Framing::Empty);
    };
    for another in numbers {
        if another? != first {
            return Err(FramingFault::LengthsDiffer);
        }
    }
    Ok(Framing::Length(first))
}

fn number(digits: &[u8]) -> Result<u64, FramingFault> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(FramingFault::Length);
    }
    std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).ok_or(FramingFault::Length)
}
