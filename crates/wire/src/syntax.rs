//! The grammar of a head (RFC 9112 2 to 5), one line at a time.
//!
//! Every function borrows the head for the length of the call and gives back spans, which borrow nothing.

use crate::scan::{Word, position};
use crate::{Fault, FieldSpan, Known, ParseError, RequestLine, Span, StatusLine, Version};
use std::iter;

/// Where the head in `buffer` ends: one past its blank line, or `None` when the blank line is not there yet.
///
/// A line that ends in LF alone counts here, so that a client who sends such lines gets an answer and
/// not a time-out. [`line_spans`] then refuses it.
pub fn end_of_head(buffer: &[u8]) -> Option<usize> {
    let mut line_start = 0;
    while let Some(length) = position(&buffer[line_start..], |word| word.is(b'\n')) {
        let line_end = line_start + length;
        if matches!(&buffer[line_start..line_end], b"" | b"\r") {
            return Some(line_end + 1);
        }
        line_start = line_end + 1;
    }
    None
}

/// How many bytes of empty lines stand before the request line. A server ignores them (RFC 9112 2.2).
pub fn leading_empty_lines(buffer: &[u8]) -> usize {
    let mut skipped = 0;
    while buffer[skipped..].starts_with(b"\r\n") {
        skipped += 2;
    }
    skipped
}

/// The lines of a complete head, each without its CRLF, the blank line left out.
///
/// # Errors
/// [`Fault::BareLf`], [`Fault::BareCr`], [`Fault::SpaceBeforeFirstField`], or [`Fault::NoBlankLine`] when the
/// head is not complete.
pub fn line_spans(head: &[u8]) -> Result<Vec<Span>, ParseError> {
    let mut lines = Vec::with_capacity(16);
    let mut start = 0;
    // A line ends at the first CR, or something is wrong with it.
    while let Some(length) = position(&head[start..], |word| word.is(b'\r') | word.is(b'\n')) {
        let line = Span::new(start, start + length);
        match &head[line.end..] {
            [b'\r', b'\n', ..] => {}
            [b'\n', ..] => return Err(ParseError::new(Fault::BareLf, line.end)),
            [b'\r'] => break,
            _ => return Err(ParseError::new(Fault::BareCr, line.end)),
        }
        if line.is_empty() {
            return Ok(lines);
        }
        if lines.len() == 1 && matches!(head[start], b' ' | b'\t') {
            return Err(ParseError::new(Fault::SpaceBeforeFirstField, start));
        }
        lines.push(line);
        start = line.end + 2;
    }
    Err(ParseError::new(Fault::NoBlankLine, head.len()))
}

/// The request line: method, one space, request-target, one space, version (RFC 9112 3).
///
/// # Errors
/// What is wrong with the first bad word, at its first bad byte.
pub fn request_line(head: &[u8], line: Option<Span>, longest_target: usize) -> Result<RequestLine, ParseError> {
    let line = line.ok_or(ParseError::new(Fault::Method, 0))?;
    let (method, rest) = word(head, line);
    let bad = method.of(head).iter().position(|&byte| !is_token_byte(byte));
    refuse(method, bad, Fault::Method)?;
    let (target, version) = word(head, rest);
    if target.len() > longest_target {
        return Err(ParseError::new(Fault::TargetTooLong { limit: longest_target }, target.start + longest_target));
    }
    refuse(target, position(target.of(head), not_in_target), Fault::Target)?;
    Ok(RequestLine { method, target, version: self::version(head, version)? })
}

/// The status line: version, one space, status code, and a reason phrase that may be missing (RFC 9112 4).
///
/// # Errors
/// [`Fault::Version`], [`Fault::VersionUnsupported`], [`Fault::Status`] or [`Fault::FieldValue`] (in the reason).
pub fn status_line(head: &[u8], line: Option<Span>) -> Result<StatusLine, ParseError> {
    let line = line.ok_or(ParseError::new(Fault::Version, 0))?;
    let (version, rest) = word(head, line);
    let version = self::version(head, version)?;
    let (code, reason) = word(head, rest);
    let status = match code.of(head) {
        &[hundreds @ b'1'..=b'5', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            u16::from(hundreds - b'0') * 100 + u16::from(tens - b'0') * 10 + u16::from(ones - b'0')
        }
        _ => return Err(ParseError::new(Fault::Status, code.start)),
    };
    if let Some(at) = position(reason.of(head), not_in_value) {
        return Err(ParseError::new(Fault::FieldValue, reason.start + at));
    }
    Ok(StatusLine { version, status, reason })
}

/// One field line: name, colon, value with the white space around it left out (RFC 9112 5).
///
/// # Errors
/// What is wrong with the line, at its first bad byte.
pub fn field_line(head: &[u8], line: Span) -> Result<FieldSpan, ParseError> {
    let bytes = line.of(head);
    if matches!(bytes.first(), Some(b' ' | b'\t')) {
        return Err(ParseError::new(Fault::ObsFold, line.start));
    }
    // In a good line, the colon is the first byte that no name may hold.
    let end = bytes.iter().position(|&byte| !is_token_byte(byte));
    let name = match end {
        Some(end @ 1..) if bytes[end] == b':' => Span::new(line.start, line.start + end),
        _ => return Err(bad_name(head, line)),
    };
    let value = trim(head, Span::new(name.end + 1, line.end));
    if let Some(at) = position(value.of(head), not_in_value) {
        return Err(ParseError::new(Fault::FieldValue, value.start + at));
    }
    Ok(FieldSpan { name, value, known: Known::of(name.of(head)) })
}

/// What is wrong with a line that does not begin with a token and a colon.
fn bad_name(head: &[u8], line: Span) -> ParseError {
    let bytes = line.of(head);
    let Some(colon) = bytes.iter().position(|&byte| byte == b':') else {
        return ParseError::new(Fault::NoColon, line.start);
    };
    if matches!(bytes[..colon].last(), Some(b' ' | b'\t')) {
        return ParseError::new(Fault::SpaceBeforeColon, line.start + colon - 1);
    }
    let bad = bytes.iter().position(|&byte| !is_token_byte(byte)).unwrap_or(colon);
    ParseError::new(Fault::FieldName, line.start + bad)
}

/// All field lines of a head, `most` of them at the most.
///
/// # Errors
/// [`Fault::TooManyFields`], or what [`field_line`] says of the first bad line.
pub fn field_lines(head: &[u8], lines: impl Iterator<Item = Span>, most: usize) -> Result<Vec<FieldSpan>, ParseError> {
    let mut fields = Vec::with_capacity(16);
    for line in lines {
        if fields.len() == most {
            return Err(ParseError::new(Fault::TooManyFields { limit: most }, line.start));
        }
        fields.push(field_line(head, line)?);
    }
    Ok(fields)
}

/// The first element of a comma-separated list, without the white space around it, and what stands behind its
/// comma (RFC 9110 5.6.1). `None` where no comma follows.
///
/// A comma inside of a quoted string separates nothing (RFC 9110 5.6.4).
pub fn first_element(value: &[u8]) -> (&[u8], Option<&[u8]>) {
    let (mut quoted, mut escaped) = (false, false);
    let comma = value.iter().position(|&byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' => return !quoted,
            _ => {}
        }
        false
    });
    match comma {
        Some(end) => (value[..end].trim_ascii(), Some(&value[end + 1..])),
        None => (value.trim_ascii(), None),
    }
}

/// Every element of a comma-separated list, the empty ones too: some lists may have them, a list of lengths may not.
pub fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(value);
    iter::from_fn(move || {
        let (element, behind) = first_element(rest?);
        rest = behind;
        Some(element)
    })
}

/// Whether `byte` may stand in a token: a method or a field name (RFC 9110 5.6.2).
pub fn is_token_byte(byte: u8) -> bool {
    TOKEN[usize::from(byte)]
}

const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let marks = b"!#$%&'*+-.^_`|~";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether `byte` may stand in a request-target. Bytes above 127 pass, as they do in nginx: the origin decides.
pub fn is_target_byte(byte: u8) -> bool {
    byte > b' ' && byte != 0x7f
}

/// The same of eight bytes: marks those that may not.
fn not_in_target(word: Word) -> u64 {
    word.below(b' ' + 1) | word.is(0x7f)
}

/// Whether `byte` may stand in a field value: anything but control bytes, HTAB excepted (RFC 9110 5.5).
pub fn is_value_byte(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

/// The same of eight bytes: marks those that may not.
fn not_in_value(word: Word) -> u64 {
    (word.below(b' ') & !word.is(b'\t')) | word.is(0x7f)
}

/// `line` up to its first space, and what follows that space.
fn word(head: &[u8], line: Span) -> (Span, Span) {
    match position(line.of(head), |word| word.is(b' ')) {
        Some(length) => (Span::new(line.start, line.start + length), Span::new(line.start + length + 1, line.end)),
        None => (line, Span::new(line.end, line.end)),
    }
}

fn version(head: &[u8], word: Span) -> Result<Version, ParseError> {
    match word.of(head) {
        b"HTTP/1.0" => Ok(Version::Http10),
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'0'..=b'9'] => Ok(Version::Http11),
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            Err(ParseError::new(Fault::VersionUnsupported, word.start))
        }
        _ => Err(ParseError::new(Fault::Version, word.start)),
    }
}

/// Refuses an empty `word`, and one whose byte at `bad` may not stand in it.
fn refuse(word: Span, bad: Option<usize>, fault: Fault) -> Result<(), ParseError> {
    match bad {
        None if !word.is_empty() => Ok(()),
        _ => Err(ParseError::new(fault, word.start + bad.unwrap_or(0))),
    }
}

fn trim(head: &[u8], span: Span) -> Span {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let bytes = span.of(head);
    match bytes.iter().position(|byte| !blank(byte)) {
        None => Span::new(span.start, span.start),
        Some(first) => {
            let last = bytes.iter().rposition(|byte| !blank(byte)).expect("the first one is such a byte");
            Span::new(span.start + first, span.start + last + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_at_once_are_judged_as_each_of_them() {
        for byte in 0..=255 {
            let text = [b'a', b'\t', byte, b'\t'];
            let in_value = position(&text, not_in_value).is_none();
            assert_eq!(in_value, is_value_byte(byte), "{byte:#x} in a value");
            let in_target = position(&[b'/', byte], not_in_target).is_none();
            assert_eq!(in_target, is_target_byte(byte), "{byte:#x} in a target");
        }
    }

    #[test]
    fn a_list_is_split_at_its_commas_and_nowhere_else() {
        for (value, expected) in [
            ("", &[""] as &[&str]),
            ("close", &["close"]),
            (" a ,\tb,, c ", &["a", "b", "", "c"]),
            ("a,", &["a", ""]),
            ("private=\"a, b\", c", &["private=\"a, b\"", "c"]),
            ("\"a\\\", b\", c", &["\"a\\\", b\"", "c"]),
            ("a\\, b", &["a\\", "b"]),
            ("\"a, b", &["\"a, b"]),
        ] {
            let got: Vec<_> = elements(value.as_bytes()).map(|one| one.escape_ascii().to_string()).collect();
            let expected: Vec<_> = expected.iter().map(|one| one.as_bytes().escape_ascii().to_string()).collect();
            assert_eq!(got, expected, "{value}");
        }
    }
}
