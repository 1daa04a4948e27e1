//! What is asked for: the URL, further fields, and the bytes of the request.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// `http://ip:port/target`. An address rather than a name, so that no look-up is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    address: SocketAddr,
    target: String,
}

/// A text that is no URL of the one form that we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadUrl;

/// One more field of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    name: String,
    value: String,
}

/// A text that is no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadField;

impl Url {
    /// Where to connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The bytes of the request, the same every time.
    #[must_use]
    pub fn request(&self, fields: &[Field]) -> Vec<u8> {
        let mut head = format!("GET {} HTTP/1.1\r\nHost: {}\r\n", self.target, self.address);
        for Field { name, value } in fields {
            head += &format!("{name}: {value}\r\n");
        }
        head += "\r\n";
        head.into_bytes()
    }
}

impl FromStr for Url {
    type Err = BadUrl;

    fn from_str(text: &str) -> Result<Self, BadUrl> {
        let rest = text.strip_prefix("http://").ok_or(BadUrl)?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (address, target) = rest.split_at(end);
        if !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
            return Err(BadUrl);
        }
        let target = if target.is_empty() { "/" } else { target };
        Ok(Self { address: address.parse().map_err(|_| BadUrl)?, target: target.to_owned() })
    }
}

impl FromStr for Field {
    type Err = BadField;

    fn from_str(text: &str) -> Result<Self, BadField> {
        let (name, value) = text.split_once(':').ok_or(BadField)?;
        let value = value.trim_matches([' ', '\t']);
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_value = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
        if name.is_empty() || !name.bytes().all(is_token) || !value.bytes().all(is_value) {
            return Err(BadField);
        }
        // A request with a body of its own would be another measurement.
        if ["content-length", "transfer-encoding", "expect"].iter().any(|own| name.eq_ignore_ascii_case(own)) {
            return Err(BadField);
        }
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }
}

impl fmt::Display for BadUrl {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("write it as http://127.0.0.1:8080/path: an address, a port, a path")
    }
}

impl fmt::Display for BadField {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("write it as 'Name: value', in one line; fields that announce a body are not taken")
    }
}

impl std::error::Error for BadUrl {}
impl std::error::Error for BadField {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_its_target_its_host_and_the_fields_given() {
        let url: Url = "http://127.0.0.1:80/a?b".parse().expect("a good URL");
        let field: Field = "Accept:  */* ".parse().expect("a good field");
        let request = url.request(&[field]);
        assert_eq!(String::from_utf8_lossy(&request), "GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:80\r\nAccept: */*\r\n\r\n");
        let short: Url = "http://[::1]:80".parse().expect("a URL without a path");
        assert!(short.request(&[]).starts_with(b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n"));
    }

    #[test]
    fn what_would_be_another_request_is_refused() {
        for text in ["https://127.0.0.1:1/", "http://localhost:1/", "http://127.0.0.1/", "http://127.0.0.1:1/ x"] {
            assert_eq!(text.parse::<Url>(), Err(BadUrl), "{text}");
        }
        for text in ["no colon", ": value", "a b: c", "a: b\r\nc: d", "Content-Length: 3"] {
            assert_eq!(text.parse::<Field>(), Err(BadField), "{text}");
        }
    }
}
