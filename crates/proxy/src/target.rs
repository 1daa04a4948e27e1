//! Where a request wants to go: the request-target and Host, judged together (RFC 9112 3.2).
//!
//! Pure. Gives back slices of the head; what they become on the wire is the work of `heads`.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;
use wire::{Fields, Known, Version};

/// The destination of a request, as it goes on to the upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target<'a> {
    /// What to put in the request line, up to the query.
    pub(crate) path: &'a [u8],
    /// Goes between the request line's method and `path`: `/` when an absolute-form had no path.
    pub(crate) slash: bool,
    /// The host, when there is one to send. An HTTP/1.0 client need not name it.
    pub(crate) host: Option<&'a [u8]>,
}

/// Why a request has no clear destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetFault {
    /// CONNECT asks for a tunnel, which this proxy does not make.
    Tunnel,
    /// The target is in none of the four forms, or in one that does not go with the method.
    Form,
    /// The scheme of an absolute-form is not http.
    Scheme,
    /// HTTP/1.1 without Host.
    NoHost,
    /// Host more than once.
    TwoHosts,
    /// Host, or the authority of an absolute-form, is not `host` or `host:port`.
    Host,
}

impl fmt::Display for TargetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TargetFault::Tunnel => "CONNECT asks for a tunnel, and this proxy makes none",
            TargetFault::Form => "the request-target does not start with a slash and has no other form that fits",
            TargetFault::Scheme => "the request-target has a scheme other than http",
            TargetFault::NoHost => "an HTTP/1.1 request needs a Host field",
            TargetFault::TwoHosts => "Host stands there more than once",
            TargetFault::Host => "Host is not a host, or a host and a port",
        })
    }
}

/// Judges `target` together with the Host fields of its head.
pub(crate) fn target<'a>(
    method: &[u8],
    target: &'a [u8],
    version: Version,
    fields: Fields<'a>,
) -> Result<Target<'a>, TargetFault> {
    if method == b"CONNECT" {
        return Err(TargetFault::Tunnel);
    }
    let host = host(fields, version)?;
    // A fragment never travels (RFC 9110 4.2.4), so a `#` is a byte that somebody would read differently.
    if target.contains(&b'#') {
        return Err(TargetFault::Form);
    }
    match target {
        [b'/', ..] => Ok(Target { path: target, slash: false, host }),
        b"*" if method == b"OPTIONS" => Ok(Target { path: target, slash: false, host }),
        _ => absolute(method, target),
    }
}

/// RFC 9112 3.2.2: the authority of an absolute-form replaces Host, whatever Host said.
fn absolute<'a>(method: &[u8], target: &'a [u8]) -> Result<Target<'a>, TargetFault> {
    const SCHEME: &[u8] = b"http://";
    let Some((scheme, rest)) = target.split_at_checked(SCHEME.len()) else {
        return Err(TargetFault::Form);
    };
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        let has_scheme = target.windows(3).any(|three| three == b"://");
        return Err(if has_scheme { TargetFault::Scheme } else { TargetFault::Form });
    }
    let end = rest.iter().position(|&byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if !is_authority(authority) {
        return Err(TargetFault::Host);
    }
    let host = Some(authority);
    Ok(match path {
        // RFC 9112 3.2.4: OPTIONS for the server as a whole.
        b"" if method == b"OPTIONS" => Target { path: b"*", slash: false, host },
        [b'/', ..] => Target { path, slash: false, host },
        _ => Target { path, slash: true, host },
    })
}

fn host(fields: Fields<'_>, version: Version) -> Result<Option<&[u8]>, TargetFault> {
    let mut hosts = fields.of(Known::Host).map(|field| field.value);
    let Some(first) = hosts.next() else {
        return match version {
            Version::Http10 => Ok(None),
            Version::Http11 => Err(TargetFault::NoHost),
        };
    };
    if hosts.next().is_some() {
        return Err(TargetFault::TwoHosts);
    }
    if is_authority(first) { Ok(Some(first)) } else { Err(TargetFault::Host) }
}

/// `host` or `host:port` (RFC 3986 3.2.2), without user information. An empty host is refused: the http scheme
/// has none (RFC 9110 4.2.1).
fn is_authority(text: &[u8]) -> bool {
    let (host_is_good, port) = if let Some(inside) = text.strip_prefix(b"[") {
        let Some(end) = inside.iter().position(|&byte| byte == b']') else {
            return false;
        };
        // RFC 3986 has room for addresses after IPv6 here, and nobody has made one.
        (is_parsed::<Ipv6Addr>(&inside[..end]), &inside[end + 1..])
    } else {
        let end = text.iter().position(|&byte| byte == b':').unwrap_or(text.len());
        (is_name(&text[..end]), &text[end..])
    };
    host_is_good
        && match port {
            [] | [b':'] => true,
            // `parse` would take a sign.
            [b':', digits @ ..] => digits.iter().all(u8::is_ascii_digit) && is_parsed::<u16>(digits),
            _ => false,
        }
}

/// A name, or an address of IPv4: letters, digits, marks, and escapes of two digits.
fn is_name(text: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(byte);
    let is_escape = |piece: &[u8]| matches!(piece, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    let mut pieces = text.split(|&byte| byte == b'%');
    !text.is_empty()
        && pieces.next().is_some_and(|first| first.iter().all(is_plain))
        && pieces.all(|piece| is_escape(piece) && piece.iter().all(is_plain))
}

fn is_parsed<T: FromStr>(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<T>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::FieldLines;

    fn hosts(hosts: &[&str]) -> FieldLines {
        let mut lines = FieldLines::new();
        hosts.iter().for_each(|host| lines.push(b"host", host.as_bytes()).expect("a good field"));
        lines
    }

    fn of(method: &str, path: &str, head: &FieldLines) -> Result<(String, String), TargetFault> {
        target(method.as_bytes(), path.as_bytes(), Version::Http11, head.as_fields()).map(|target| {
            let slash = if target.slash { "/" } else { "" };
            let text = |bytes: &[u8]| bytes.escape_ascii().to_string();
            (slash.to_owned() + &text(target.path), target.host.map(text).unwrap_or_default())
        })
    }

    #[test]
    fn the_four_forms() {
        let good = |path: &str, host: &str| Ok((path.to_owned(), host.to_owned()));
        for (method, path, expected) in [
            ("GET", "/a?b=c", good("/a?b=c", "a.example:80")),
            ("GET", "http://b.example/x", good("/x", "b.example")),
            ("GET", "HTTP://b.example:8080", good("/", "b.example:8080")),
            ("GET", "http://b.example?q", good("/?q", "b.example")),
            ("GET", "http://[::1]:80/", good("/", "[::1]:80")),
            ("OPTIONS", "http://b.example", good("*", "b.example")),
            ("OPTIONS", "*", good("*", "a.example:80")),
            ("GET", "*", Err(TargetFault::Form)),
            ("GET", "a.example:80", Err(TargetFault::Form)),
            ("GET", "/a#b", Err(TargetFault::Form)),
            ("GET", "https://b.example/", Err(TargetFault::Scheme)),
            ("GET", "http://user@b.example/", Err(TargetFault::Host)),
            ("GET", "http:///x", Err(TargetFault::Host)),
            ("CONNECT", "a.example:443", Err(TargetFault::Tunnel)),
        ] {
            assert_eq!(of(method, path, &hosts(&["a.example:80"])), expected, "{method} {path}");
        }
    }

    #[test]
    fn host_is_there_once_and_well_formed() {
        let none = hosts(&[]);
        assert_eq!(of("GET", "/", &none), Err(TargetFault::NoHost));
        assert_eq!(of("GET", "/", &hosts(&["a", "a"])), Err(TargetFault::TwoHosts));
        let old = target(b"GET", b"/", Version::Http10, none.as_fields());
        assert!(old.is_ok_and(|target| target.host.is_none()));
        for good in
            ["a", "A.b-c", "127.0.0.1:8080", "[::1]", "[::1]:1", "a:", "a:65535", "a%20b", "xn--bcher-kva.example"]
        {
            assert!(is_authority(good.as_bytes()), "{good}");
        }
        let names = ["", ":80", "a b", "a/b", "u@a", "a?b", "\u{e9}", "a%", "a%2", "a%zz", "%2g"];
        let ports = ["a:b", "a:65536", "a:123456", "a:+1", "a:80:80"];
        let addresses = ["[::1", "[]", "[::1]x", "[zz]", "[1:2]", "[127.0.0.1]", "::1"];
        for bad in names.iter().chain(&ports).chain(&addresses) {
            assert!(!is_authority(bad.as_bytes()), "{bad}");
        }
    }
}
