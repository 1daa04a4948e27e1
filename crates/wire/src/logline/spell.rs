//! How the words of a log line are spelled: numbers, times, addresses, escapes.
//!
//! What writes appends to a buffer of the caller's and makes no text of its own on the way.

use std::io::Write;
use std::net::IpAddr;

use crate::Version;
use crate::calendar::{MONTHS, Moment};

/// Whether `byte` may stand as it is between two quotes: printable ASCII, but neither `"` nor a backslash.
pub fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Whether `byte` may stand as it is in a word of the request: as [`is_plain`], and no space.
pub fn is_plain_in_word(byte: u8) -> bool {
    byte != b' ' && is_plain(byte)
}

/// The four bytes that stand for `byte`: `\x22` for a quote.
pub fn escaped(byte: u8) -> [u8; 4] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [b'\\', b'x', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// The bytes that `text` stands for, with every `\xHH` as the one byte that it means.
///
/// # Errors
/// The offset of the first backslash that is not followed by `x` and two hexadecimal digits.
pub fn unescaped(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte != b'\\' {
            bytes.push(byte);
            at += 1;
            continue;
        }
        let Some([b'x', high, low]) = text.get(at + 1..at + 4) else { return Err(at) };
        let (Some(high), Some(low)) = (hex(*high), hex(*low)) else { return Err(at) };
        bytes.push(high << 4 | low);
        at += 4;
    }
    Ok(bytes)
}

/// Appends a number in decimal digits.
pub fn number(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20]; // 2^64 has twenty
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// Appends an address: `192.0.2.7` or `2001:db8::7`.
pub fn address(client: IpAddr, out: &mut Vec<u8>) {
    match client {
        IpAddr::V4(address) => {
            let [first, rest @ ..] = address.octets();
            number(first.into(), out);
            for octet in rest {
                out.push(b'.');
                number(octet.into(), out);
            }
        }
        IpAddr::V6(address) => write!(out, "{address}").expect("a Vec takes whatever is written"),
    }
}

/// Appends a time: `23/Nov/2026:13:05:27 +0000`.
pub fn time(unix_seconds: u64, out: &mut Vec<u8>) {
    let moment = Moment::from_unix(unix_seconds);
    two_digits(moment.day, out);
    out.push(b'/');
    out.extend_from_slice(moment.month_name().as_bytes());
    out.push(b'/');
    number(moment.year, out); // 1970 and later: four digits until the year 10000
    for part in [moment.hour, moment.minute, moment.second] {
        out.push(b':');
        two_digits(part, out);
    }
    out.extend_from_slice(b" +0000");
}

/// The version as the request line spells it.
pub fn version(version: Version) -> &'static [u8] {
    match version {
        Version::Http10 => b"HTTP/1.0",
        Version::Http11 => b"HTTP/1.1",
    }
}

/// Reads a number: decimal digits and nothing else.
pub(super) fn read_number(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0_u64, |value, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        value.checked_mul(10)?.checked_add(digit.into())
    })
}

/// Reads what [`time`] writes; the hours from UTC may be others than `+0000`, as other servers log local time.
pub(super) fn read_time(text: &[u8]) -> Option<u64> {
    let [d1, d2, b'/', m1, m2, m3, b'/', rest @ ..] = text else { return None };
    let (year, rest) = rest.split_at(rest.iter().position(|byte| *byte == b':')?);
    let &[b':', h1, h2, b':', n1, n2, b':', s1, s2, b' ', sign, z1, z2, z3, z4] = rest else { return None };
    let small = |digits: [u8; 2]| read_number(&digits).map(|value| value as u8);
    let month = MONTHS.iter().position(|name| name.as_bytes() == [*m1, *m2, *m3])?;
    let local = Moment {
        year: read_number(year)?,
        month: month as u8 + 1,
        day: small([*d1, *d2])?,
        hour: small([h1, h2])?,
        minute: small([n1, n2])?,
        second: small([s1, s2])?,
    };
    let (hours, minutes) = (read_number(&[z1, z2])?, read_number(&[z3, z4])?);
    if minutes > 59 {
        return None;
    }
    let ahead = hours * 3_600 + minutes * 60;
    match sign {
        b'+' => local.to_unix()?.checked_sub(ahead),
        b'-' => local.to_unix()?.checked_add(ahead),
        _ => None,
    }
}

fn two_digits(value: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + value / 10, b'0' + value % 10]);
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}
