//! Fields: which ones we know, and which of them end at this hop (RFC 9110 7.6.1).
//!
//! Pure. Leaves out what bodies they announce (see `framing`), and how heads are written (see `heads`).

use wire::{RequestHead, ResponseHead};

/// Whatever has fields, in order.
pub(crate) trait Fields {
    /// Each field line: a name and a value.
    fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])>;
}

impl Fields for RequestHead {
    fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        RequestHead::fields(self)
    }
}

impl Fields for ResponseHead {
    fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        ResponseHead::fields(self)
    }
}

/// The field names that mean something to a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Connection,
    ContentLength,
    Date,
    Host,
    TransferEncoding,
    XForwardedFor,
    /// A field that ends at this hop whether or not Connection names it.
    HopByHop,
    /// Everything else travels on.
    Other,
}

/// Which name this is. The length decides first, so that most fields cost one comparison or none.
pub(crate) fn name(bytes: &[u8]) -> Name {
    let is = |known: &str| bytes.eq_ignore_ascii_case(known.as_bytes());
    match bytes.len() {
        // TE, and Trailer below: we drop trailer fields, so we must not promise or accept them.
        2 if is("te") => Name::HopByHop,
        4 if is("host") => Name::Host,
        4 if is("date") => Name::Date,
        7 if is("upgrade") || is("trailer") => Name::HopByHop,
        10 if is("connection") => Name::Connection,
        10 if is("keep-alive") => Name::HopByHop,
        14 if is("content-length") => Name::ContentLength,
        15 if is("x-forwarded-for") => Name::XForwardedFor,
        16 if is("proxy-connection") => Name::HopByHop,
        17 if is("transfer-encoding") => Name::TransferEncoding,
        _ => Name::Other,
    }
}

/// What the Connection fields of a head say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Connection {
    /// The connection ends after this message.
    pub(crate) close: bool,
    /// The sender asks to keep it, which only HTTP/1.0 has to.
    pub(crate) keep_alive: bool,
    /// Other options are there: each may name a field that ends here.
    names_fields: bool,
}

/// Reads the Connection fields of `head`.
pub(crate) fn connection(head: &impl Fields) -> Connection {
    let mut found = Connection::default();
    for option in connection_options(head) {
        if option.eq_ignore_ascii_case(b"close") {
            found.close = true;
        } else if option.eq_ignore_ascii_case(b"keep-alive") {
            found.keep_alive = true;
        } else {
            found.names_fields = true;
        }
    }
    found
}

/// Fields that Connection may name in vain. RFC 9110 7.6.1 forbids a sender to name a field that is meant for
/// every recipient; a sender who does it anyway wants the next server to miss that field.
const END_TO_END: &[&str] = &[
    "authorization",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "host",
    "origin",
    "range",
    "referer",
    "set-cookie",
    "user-agent",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];

/// Whether the Connection fields of `head` take the field `name` out of the message.
pub(crate) fn is_named(head: &impl Fields, connection: Connection, name: &[u8]) -> bool {
    connection.names_fields
        && connection_options(head).any(|option| option.eq_ignore_ascii_case(name))
        && !END_TO_END.iter().any(|kept| kept.as_bytes().eq_ignore_ascii_case(name))
}

/// The elements of a comma-separated list, without the white space around them. Empty ones are given too.
pub(crate) fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii)
}

fn connection_options(head: &impl Fields) -> impl Iterator<Item = &[u8]> {
    head.fields()
        .filter(|(field, _)| name(field) == Name::Connection)
        .flat_map(|(_, value)| elements(value))
        .filter(|option| !option.is_empty())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Fields for tests: names and values as they stand.
    pub(crate) struct Listed(pub(crate) &'static [(&'static str, &'static str)]);

    impl Fields for Listed {
        fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
            self.0.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()))
        }
    }

    #[test]
    fn knows_names_in_any_case() {
        for (spelled, expected) in [
            ("HOST", Name::Host),
            ("Content-length", Name::ContentLength),
            ("te", Name::HopByHop),
            ("Proxy-Connection", Name::HopByHop),
            ("Hosts", Name::Other),
            ("Content_Length", Name::Other),
        ] {
            assert_eq!(name(spelled.as_bytes()), expected, "{spelled}");
        }
    }

    #[test]
    fn reads_connection_over_several_lines() {
        let head = Listed(&[("Connection", "Keep-Alive, x-one"), ("connection", ", CLOSE")]);
        let got = connection(&head);
        assert_eq!((got.close, got.keep_alive), (true, true));
        assert!(is_named(&head, got, b"X-One"));
        assert!(!is_named(&head, got, b"x-two"));
    }

    #[test]
    fn connection_cannot_take_end_to_end_fields_away() {
        let head = Listed(&[("Connection", "Host, Content-Length, Cookie, X-Private")]);
        let got = connection(&head);
        for kept in ["Host", "content-length", "cookie"] {
            assert!(!is_named(&head, got, kept.as_bytes()), "{kept}");
        }
        assert!(is_named(&head, got, b"x-private"));
    }
}
