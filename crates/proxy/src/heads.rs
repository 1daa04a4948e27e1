//! Heads on their way out: what the upstream reads of a request, and the client of a response.
//!
//! Owns which fields are written and in which order. Leaves out the sockets: everything goes into a buffer.

use crate::date;
use crate::hops::Via;
use crate::parts::{Panicked, headers};
use crate::plan::Plan;
use crate::refusal::reason;
use crate::upgrade;
use std::io::Write as _;
use std::net::IpAddr;
use wire::cache::Stored;
use wire::pipeline::Edits;
use wire::{Framing, Known, ResponseHead, Version};

/// Appends the request head that the upstream gets.
///
/// Its connection to us is persistent and HTTP/1.1, whatever the client's is.
///
/// # Errors
/// The part panicked. What is in `out` is half a head, to be thrown away.
pub(crate) fn request(
    out: &mut Vec<u8>,
    plan: &Plan<'_>,
    authority: &str,
    client: IpAddr,
    stale: Option<&Stored>,
    via: &Via,
) -> Result<(), Panicked> {
    let (head, fields) = (plan.head, plan.head.as_fields());
    let edits = plan.edits.filter(|edits| edits.id.is_some() || !edits.request.is_empty());
    let (slash, path) = match plan.edits.and_then(|edits| edits.target.as_deref()) {
        Some(target) => (false, target),
        None => (plan.target.slash, plan.target.path),
    };
    for piece in [head.method(), b" ", if slash { b"/" } else { b"" }, path, b" HTTP/1.1\r\n"] {
        out.extend_from_slice(piece);
    }
    let host = plan.target.host.unwrap_or(authority.as_bytes());
    if !fields.has(Known::Host) {
        put(out, b"Host", host);
    }
    let old = head.version() == Version::Http10;
    // Where a rule may change a field, the lines wait here until all of them are known.
    let mut plain = Vec::new();
    headers::end_to_end(fields, |field| match (field.known, plan.max_forwards) {
        (Some(Known::Host), _) => put(out, field.name, host),
        // Both are written below, as we have understood them.
        (Some(Known::ContentLength | Known::XForwardedFor), _) => {}
        // RFC 9110 10.1.1: HTTP/1.0 knows no 100, so that this is to be ignored.
        (Some(Known::Expect), _) if old && field.value.eq_ignore_ascii_case(b"100-continue") => {}
        (Some(Known::MaxForwards), Some(left)) => {
            put(out, b"Max-Forwards", itoa::Buffer::new().format(left).as_bytes());
        }
        (_, _) if edits.is_some() => plain.push((field.name, field.value)),
        (_, _) => field.write(out),
    })?;
    if let Some(edits) = edits {
        edits.request_lines(plain.into_iter()).for_each(|(name, value)| put(out, name, value));
    }
    put_framing(out, plan.framing, None);
    if let Some(stale) = stale {
        put_validators(out, stale);
    }
    if plan.upgrade {
        upgrade::put_request(out, fields)?;
    }
    put(out, b"Via", via.of(head.version()).as_bytes());
    out.extend_from_slice(b"X-Forwarded-For: ");
    // One line for all of them: some servers read the first one only.
    for field in fields.of(Known::XForwardedFor) {
        out.extend_from_slice(field.value);
        out.extend_from_slice(b", ");
    }
    put_address(out, client);
    out.extend_from_slice(b"\r\n\r\n");
    Ok(())
}

/// How the client gets a response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Onward {
    /// How the body is delimited: `UntilClose` stands for no field at all.
    pub(crate) framing: Framing,
    /// A Content-Length that speaks of a body which does not come (HEAD, 304).
    pub(crate) length: Option<u64>,
    /// The connection ends after this response.
    pub(crate) closes: bool,
    /// The client's own version: 1.0 has to be told that the connection stays.
    pub(crate) client: Version,
}

/// Appends the response head that the client gets.
///
/// # Errors
/// The part panicked. What is in `out` is half a head, to be thrown away.
pub(crate) fn response(
    out: &mut Vec<u8>,
    head: &ResponseHead,
    onward: Onward,
    edits: Option<&Edits>,
    via: &Via,
) -> Result<(), Panicked> {
    put_status(out, head.status(), head.reason());
    match edits.filter(|edits| edits.id.is_some() || !edits.response.is_empty()) {
        None => put_end_to_end(out, head)?,
        Some(edits) => {
            let mut plain = Vec::new();
            headers::end_to_end(head.as_fields(), |field| {
                if field.known != Some(Known::ContentLength) {
                    plain.push((field.name, field.value));
                }
            })?;
            edits.response_lines(plain.into_iter()).for_each(|(name, value)| put(out, name, value));
        }
    }
    if !head.as_fields().has(Known::Date) {
        // RFC 9110 6.6.1: whoever forwards a response without a Date, and has a clock, adds it.
        date::now(|text| put(out, b"Date", text.as_bytes()));
    }
    put_framing(out, onward.framing, onward.length);
    put(out, b"Via", via.of(head.version()).as_bytes());
    out.extend_from_slice(connection_line(!onward.closes, onward.client).as_bytes());
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Asks whether a kept answer still holds. Only a request without conditions of its own is sent with ours.
fn put_validators(out: &mut Vec<u8>, stale: &Stored) {
    if let Some(etag) = stale.etag() {
        put(out, b"If-None-Match", etag);
    }
    if let Some(date) = stale.last_modified() {
        put(out, b"If-Modified-Since", date);
    }
}

/// Appends the head of an answer that was kept, with its age; `status` is its own, or 304.
pub(crate) fn stored(
    out: &mut Vec<u8>,
    stored: &Stored,
    status: u16,
    age_s: u64,
    stays: bool,
    plan: &Plan<'_>,
    via: &Via,
) {
    let reason = if status == stored.status() { stored.reason() } else { reason(status).as_bytes() };
    put_status(out, status, reason);
    match plan.edits {
        None => out.extend_from_slice(stored.field_lines()),
        Some(edits) => {
            let lines = stored.fields().iter().map(|field| (field.name, field.value));
            edits.response_lines(lines).for_each(|(name, value)| put(out, name, value));
        }
    }
    // A 304 has no body, and speaks of none; a 204 must not (RFC 9110 8.6).
    if !matches!(status, 204 | 304) {
        put_framing(out, Framing::Length(stored.body().len() as u64), None);
    }
    put(out, b"Age", itoa::Buffer::new().format(age_s).as_bytes());
    put(out, b"Via", via.of(Version::Http11).as_bytes());
    out.extend_from_slice(connection_line(stays, plan.head.version()).as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// The line that says whether the connection stays. HTTP/1.1 has to be told of an end only (RFC 9112 9.3).
pub(crate) fn connection_line(stays: bool, client: Version) -> &'static str {
    match (stays, client) {
        (false, _) => "Connection: close\r\n",
        (true, Version::Http10) => "Connection: keep-alive\r\n",
        (true, Version::Http11) => "",
    }
}

/// Appends an interim response (1xx), which has neither a body nor a say about the connection.
///
/// # Errors
/// As [`response`].
pub(crate) fn interim(out: &mut Vec<u8>, head: &ResponseHead, via: &Via) -> Result<(), Panicked> {
    put_status(out, head.status(), head.reason());
    put_end_to_end(out, head)?;
    put(out, b"Via", via.of(head.version()).as_bytes());
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends the 101 that the client gets, with the protocols that the upstream named.
///
/// # Errors
/// As [`response`].
pub(crate) fn switched(out: &mut Vec<u8>, head: &ResponseHead, via: &Via) -> Result<(), Panicked> {
    put_status(out, head.status(), head.reason());
    put_end_to_end(out, head)?;
    upgrade::put_answer(out, head.as_fields())?;
    put(out, b"Via", via.of(head.version()).as_bytes());
    out.extend_from_slice(b"\r\n");
    Ok(())
}

fn put_status(out: &mut Vec<u8>, status: u16, reason: &[u8]) {
    for piece in [b"HTTP/1.1 ", itoa::Buffer::new().format(status).as_bytes(), b" ", reason, b"\r\n"] {
        out.extend_from_slice(piece);
    }
}

/// Appends the fields of a response that go on, without the length, which is written as we have understood it.
fn put_end_to_end(out: &mut Vec<u8>, head: &ResponseHead) -> Result<(), Panicked> {
    headers::end_to_end(head.as_fields(), |field| {
        if field.known != Some(Known::ContentLength) {
            field.write(out);
        }
    })
}

fn put_framing(out: &mut Vec<u8>, framing: Framing, length: Option<u64>) {
    let length = match framing {
        Framing::Length(length) => Some(length),
        Framing::Empty => length,
        Framing::UntilClose => None,
        Framing::Chunked => {
            out.extend_from_slice(b"Transfer-Encoding: chunked\r\n");
            None
        }
    };
    if let Some(length) = length {
        put(out, b"Content-Length", itoa::Buffer::new().format(length).as_bytes());
    }
}

/// Appends the client's address. The usual kind is written without the machinery of `write!`: it is in every request.
fn put_address(out: &mut Vec<u8>, client: IpAddr) {
    match client {
        IpAddr::V4(client) => {
            for (at, part) in client.octets().into_iter().enumerate() {
                if at > 0 {
                    out.push(b'.');
                }
                out.extend_from_slice(itoa::Buffer::new().format(part).as_bytes());
            }
        }
        IpAddr::V6(client) => write!(out, "{client}").expect("a Vec takes every byte"),
    }
}

fn put(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    for piece in [name, b": ", value, b"\r\n"] {
        out.extend_from_slice(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::request::parse;
    use wire::Limits;

    fn sent(input: &str) -> String {
        let head = parse(input.as_bytes().to_vec(), &Limits::default()).expect("no panic").expect("a good head");
        let via = Via::new("here".parse().expect("a token"), "mine (1)");
        let plan = Plan::of(&head, &via).expect("a good request");
        let mut out = Vec::new();
        request(&mut out, &plan, "up.example:80", IpAddr::from([10, 0, 0, 1]), None, &via).expect("the part works");
        String::from_utf8(out).expect("ASCII in, ASCII out")
    }

    #[test]
    fn a_request_loses_what_ends_here_and_keeps_its_order() {
        let got = sent(
            "GET /a?b HTTP/1.1\r\nA: 1\r\nHost: h\r\nConnection: x-hop, keep-alive\r\nX-Hop: 1\r\nTE: trailers\r\n\
             Keep-Alive: 5\r\nUpgrade: h2c\r\nX-Forwarded-For: 1.2.3.4\r\nB: 2\r\nA: 3\r\n\r\n",
        );
        let expected = "GET /a?b HTTP/1.1\r\nA: 1\r\nHost: h\r\nB: 2\r\nA: 3\r\nVia: 1.1 here (mine \\(1\\))\r\n\
                        X-Forwarded-For: 1.2.3.4, 10.0.0.1\r\n\r\n";
        assert_eq!(got, expected);
    }

    #[test]
    fn an_absolute_form_replaces_host() {
        let got = sent("OPTIONS http://other HTTP/1.1\r\nHost: h\r\n\r\n");
        assert!(got.starts_with("OPTIONS * HTTP/1.1\r\nHost: other\r\n"), "{got}");
    }

    #[test]
    fn a_count_goes_on_lowered_and_in_its_place() {
        let got = sent("TRACE / HTTP/1.1\r\nHost: h\r\nA: 1\r\nMAX-FORWARDS: 07\r\nB: 2\r\n\r\n");
        assert!(got.starts_with("TRACE / HTTP/1.1\r\nHost: h\r\nA: 1\r\nMax-Forwards: 6\r\nB: 2\r\nVia: "), "{got}");
        let got = sent("GET / HTTP/1.1\r\nHost: h\r\nMAX-FORWARDS: 07\r\n\r\n");
        assert!(got.contains("\r\nMAX-FORWARDS: 07\r\n"), "{got}");
    }

    #[test]
    fn an_old_client_is_lifted_to_1_1() {
        let got = sent("POST / HTTP/1.0\r\nContent-Length: 003\r\n\r\n");
        assert!(got.starts_with("POST / HTTP/1.1\r\nHost: up.example:80\r\nContent-Length: 3\r\nVia: 1.0 "), "{got}");
    }
}
