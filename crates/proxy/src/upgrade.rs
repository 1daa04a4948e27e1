//! Upgrade: which protocols a client may switch to, and how that is asked and answered (RFC 9110 7.8).
//!
//! Owns the two fields that carry it from hop to hop. Leaves out the decision what a 101 means in which state
//! (part `connection`), and the bytes that follow it (see `tunnel`).

use crate::parts::{Panicked, headers};
use wire::{Fields, Known, Version};

/// Whether these fields ask for a protocol that we let through. An HTTP/1.0 client cannot ask (RFC 9110 7.8).
///
/// The caller has seen that Connection names Upgrade: without that, it may come from someone who only passed it on.
pub(crate) fn is_asked(fields: Fields<'_>, version: Version) -> Result<bool, Panicked> {
    Ok(version == Version::Http11 && headers::has_element(fields, Known::Upgrade, is_let_through)?)
}

/// Whether a 101 says which protocols follow, and names only such as we asked for in the name of the client.
pub(crate) fn is_granted(asked: Fields<'_>, answer: Fields<'_>) -> Result<bool, Panicked> {
    let (mut given, mut unasked) = (0, 0);
    headers::each_element(answer, Known::Upgrade, |protocol| {
        let matches = |wanted: &[u8]| is_let_through(wanted) && wanted.eq_ignore_ascii_case(protocol);
        given += 1;
        unasked += usize::from(!headers::has_element(asked, Known::Upgrade, matches).unwrap_or(false));
    })?;
    Ok(given > 0 && unasked == 0)
}

/// Appends the fields that ask the upstream, in the client's order of preference.
pub(crate) fn put_request(out: &mut Vec<u8>, fields: Fields<'_>) -> Result<(), Panicked> {
    put(out, fields, is_let_through)
}

/// Appends the fields that tell the client what follows the 101.
pub(crate) fn put_answer(out: &mut Vec<u8>, fields: Fields<'_>) -> Result<(), Panicked> {
    put(out, fields, |_| true)
}

fn put(out: &mut Vec<u8>, fields: Fields<'_>, wanted: impl Fn(&[u8]) -> bool) -> Result<(), Panicked> {
    out.extend_from_slice(b"Connection: upgrade\r\nUpgrade: ");
    let mut separator: &[u8] = b"";
    headers::each_element(fields, Known::Upgrade, |protocol| {
        if wanted(protocol) {
            out.extend_from_slice(std::mem::replace(&mut separator, b", "));
            out.extend_from_slice(protocol);
        }
    })?;
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// HTTP in another dress stays outside: behind a 101 we would pass requests on unread, and every rule of this
/// proxy would be void for them. A server must not be asked for h2c through an intermediary anyway: its settings
/// field is meant for one hop (RFC 7540 3.2.1), and RFC 9113 3.1 has given that way up.
fn is_let_through(protocol: &[u8]) -> bool {
    let name = protocol.split(|&byte| byte == b'/').next().unwrap_or_default();
    // TLS stands here for HTTP inside of TLS (RFC 2817).
    !["h2c", "h2", "http", "tls"].iter().any(|kept_out| kept_out.as_bytes().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::FieldLines;

    fn offer(values: &[&str]) -> FieldLines {
        let mut fields = FieldLines::new();
        for value in values {
            fields.push(b"Upgrade", value.as_bytes()).expect("a good field");
        }
        fields
    }

    #[test]
    fn asks_only_for_what_we_let_through() {
        for (values, expected) in [
            (&["websocket"][..], true),
            (&["h2c, websocket"], true),
            (&["h2c", "x/1"], true),
            (&[], false),
            (&[","], false),
            (&["h2c"], false),
            (&["H2C, h2"], false),
            (&["TLS/1.0, HTTP/2.0"], false),
        ] {
            let fields = offer(values);
            assert_eq!(is_asked(fields.as_fields(), Version::Http11), Ok(expected), "{values:?}");
            assert_eq!(is_asked(fields.as_fields(), Version::Http10), Ok(false), "{values:?}");
        }
    }

    #[test]
    fn a_101_may_name_only_what_was_asked() {
        let asked = offer(&["h2c, websocket, x/1"]);
        for (given, expected) in [
            (&["WebSocket"][..], true),
            (&["x/1"], true),
            (&["x/2"], false),
            (&["h2c"], false),
            (&["websocket, h2c"], false),
            (&[], false),
        ] {
            assert_eq!(is_granted(asked.as_fields(), offer(given).as_fields()), Ok(expected), "{given:?}");
        }
    }

    #[test]
    fn the_fields_go_on_without_what_is_kept_out() {
        let mut out = Vec::new();
        put_request(&mut out, offer(&["h2c, websocket", "x/1"]).as_fields()).expect("no panic");
        assert_eq!(String::from_utf8_lossy(&out), "Connection: upgrade\r\nUpgrade: websocket, x/1\r\n");
    }
}
