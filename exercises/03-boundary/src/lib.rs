//! Part 03, `logline`: the access log, line by line and as columns.
//!
//! Two worlds meet here. The proxy writes a line for every request; Python reads a million of them.
//! Whatever crosses that border is either a view of bytes that somebody else owns, or a copy with a price:
//!
//! ```text
//! Entry -> write -> line -> parse -> Entry (views of the line)
//!                   log  -> rows  -> columns -> one buffer for each kind of value -> Python
//! ```
//!
//! How words are spelled is scaffolding (`wire::logline`): your work is to say what is copied, and when.
//! Nothing in this file is a Python object, so Python's other threads can run while it works.

#![allow(unused)] // delete this line when your last todo!() is gone

use std::borrow::Cow;

use wire::Version;
use wire::logline::{Columns, Cursor, Entry, LineError, LineFault, RequestWords, spell};

/// Appends one entry to `out` as a line that ends in LF: the Combined Log Format, and the microseconds.
///
/// A text is written so that no client can end it, or the line: everything but printable ASCII, and the quote and
/// the backslash, becomes `\xHH`. Nothing is allocated, unless `out` has to grow.
pub fn write(entry: &Entry<'_>, out: &mut Vec<u8>) {
    spell::address(entry.client, out);
    out.extend_from_slice(b" - - [");
    spell::time(entry.time, out);
    out.extend_from_slice(b"] \"");
    match &entry.request {
        Some(request) => {
            escape(&request.method, spell::is_plain_in_word, out);
            out.push(b' ');
            escape(&request.target, spell::is_plain_in_word, out);
            out.push(b' ');
            out.extend_from_slice(spell::version(request.version));
        }
        None => out.push(b'-'),
    }
    out.extend_from_slice(b"\" ");
    spell::number(entry.status.into(), out);
    out.push(b' ');
    spell::number(entry.body_bytes, out);
    for text in [&entry.referer, &entry.user_agent] {
        out.extend_from_slice(b" \"");
        match text.as_deref() {
            Some(b"-") => out.extend_from_slice(&spell::escaped(b'-')), // a lone dash says that there was no field
            Some(text) => escape(text, spell::is_plain, out),
            None => out.push(b'-'),
        }
        out.push(b'"');
    }
    out.push(b' ');
    spell::number(entry.took_us, out);
    out.push(b'\n');
}

/// Appends `text` to `out`: bytes that are `plain` as they are, and each of the others as `\xHH`.
fn escape(text: &[u8], plain: impl Fn(u8) -> bool, out: &mut Vec<u8>) {
    todo!("append every plain byte to out as it is, and spell::escaped of every other one")
}

/// Reads one line, with or without its LF. The entry borrows its texts from `line`, all but those with an escape.
///
/// # Errors
/// The first fault in reading order, and the offset of the word that it is in.
pub fn parse(line: &[u8]) -> Result<Entry<'_>, LineError> {
    let mut cursor = Cursor::new(line.strip_suffix(b"\n").unwrap_or(line));
    let client = cursor.address()?;
    cursor.identity()?;
    let time = cursor.time()?;
    let (quoted, offset) = cursor.quoted()?;
    let request = if quoted == b"-" { None } else { Some(request(quoted, offset)?) };
    let status = cursor.number(u16::MAX.into(), LineFault::Status)? as u16;
    let body_bytes = cursor.number_or_dash(LineFault::Bytes)?;
    let (quoted, offset) = cursor.quoted()?;
    let referer = if quoted == b"-" { None } else { Some(text(quoted, offset)?) };
    let (quoted, offset) = cursor.quoted()?;
    let user_agent = if quoted == b"-" { None } else { Some(text(quoted, offset)?) };
    let took_us = cursor.number(u64::MAX, LineFault::Took)?;
    cursor.end()?;
    Ok(Entry { client, time, request, status, body_bytes, referer, user_agent, took_us })
}

/// The three words of a request; `offset` is the place of `quoted` in the line.
fn request(quoted: &[u8], offset: usize) -> Result<RequestWords<'_>, LineError> {
    let mut words = quoted.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(LineError::new(LineFault::Request, offset));
    };
    let target_at = offset + method.len() + 1;
    let version = match version {
        b"HTTP/1.0" => Version::Http10,
        b"HTTP/1.1" => Version::Http11,
        _ => return Err(LineError::new(LineFault::Version, target_at + target.len() + 1)),
    };
    Ok(RequestWords { method: text(method, offset)?, target: text(target, target_at)?, version })
}

/// What a text of the line means: a view of `quoted` when it holds no escape, and a copy only when it does.
///
/// `offset` is the place of `quoted` in the line.
fn text(quoted: &[u8], offset: usize) -> Result<Cow<'_, [u8]>, LineError> {
    todo!("lend quoted as it is when it holds no backslash; otherwise own what spell::unescaped makes of it")
}

/// The lines of a log one by one, each with its number, counted from 1. Empty lines count, and are left out.
///
/// Nothing is read before it is asked for. The iterator is `Send`: another thread may read the log while the thread
/// that called goes on with Python.
pub fn rows(log: &[u8]) -> impl Iterator<Item = (u64, Result<Entry<'_>, LineError>)> + Send {
    todo!("split the log at its line ends, number the lines from 1, leave out empty ones, and parse the others");
    std::iter::empty() // delete this line: it only tells the compiler that an iterator will stand here
}

/// A whole log as columns: one buffer for each kind of value, and no allocation for a line.
///
/// Lines that cannot be read are counted, and have no place in the columns.
pub fn columns(log: &[u8]) -> Columns {
    let mut columns = Columns::default();
    for (number, row) in rows(log) {
        todo!("push the values of a row to their columns, or hand its error to columns.refuse")
    }
    columns
}
