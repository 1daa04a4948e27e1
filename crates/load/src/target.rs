//! What is asked for: the URL, the method, further fields, a body, and the bytes of all that.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// What bodies are made of: lines, so that they can be read in a trace.
const LINE: &[u8] = b"a line of the body of a request\n";

/// `http://ip:port/target`. An address rather than a name, so that no look-up is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    address: SocketAddr,
    target: String,
}

/// A text that is no URL of the one form that we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadUrl;

/// The method of the request. CONNECT is none: what comes after it is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method(String);

/// A text that is no method that we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadMethod;

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

    /// The bytes of the request, the same every time. Its body is `body_bytes` long.
    #[must_use]
    pub fn request(&self, method: &Method, fields: &[Field], body_bytes: usize) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\n", method.0, self.target, self.address);
        for Field { name, value } in fields {
            head += &format!("{name}: {value}\r\n");
        }
        // RFC 9110 8.6: a method that usually has a body says so when there is none.
        if body_bytes > 0 || ["POST", "PUT", "PATCH"].contains(&method.0.as_str()) {
            head += &format!("Content-Length: {body_bytes}\r\n");
        }
        head += "\r\n";
        let mut request = head.into_bytes();
        request.extend(LINE.iter().cycle().take(body_bytes));
        request
    }
}

impl Method {
    /// Whether the response has no body, whatever its fields say (RFC 9112 6.3).
    pub(crate) fn is_head(&self) -> bool {
        self.0 == "HEAD"
    }
}

impl FromStr for Method {
    type Err = BadMethod;

    fn from_str(text: &str) -> Result<Self, BadMethod> {
        if !is_token(text) || text == "CONNECT" {
            return Err(BadMethod);
        }
        Ok(Self(text.to_owned()))
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
        let is_value = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
        if !is_token(name) || !value.bytes().all(is_value) {
            return Err(BadField);
        }
        // The framing is ours to write: it has to fit the body that we send.
        if ["content-length", "transfer-encoding", "expect"].iter().any(|own| name.eq_ignore_ascii_case(own)) {
            return Err(BadField);
        }
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }
}

/// RFC 9110 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
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

impl fmt::Display for BadMethod {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("write it as GET, HEAD, POST or another method, in capitals; CONNECT is not taken")
    }
}

impl std::error::Error for BadUrl {}
impl std::error::Error for BadMethod {}
impl std::error::Error for BadField {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_its_target_its_host_and_the_fields_given() {
        let url: Url = "http://127.0.0.1:80/a?b".parse().expect("a good URL");
        let field: Field = "Accept:  */* ".parse().expect("a good field");
        let get: Method = "GET".parse().expect("a good method");
        let request = url.request(&get, &[field], 0);
        assert_eq!(String::from_utf8_lossy(&request), "GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:80\r\nAccept: */*\r\n\r\n");
        let short: Url = "http://[::1]:80".parse().expect("a URL without a path");
        assert!(short.request(&get, &[], 0).starts_with(b"GET / HTTP/1.1\r\nHost: [::1]:80\r\n"));
    }

    #[test]
    fn a_body_is_announced_and_as_long_as_announced() {
        let url: Url = "http://127.0.0.1:80".parse().expect("a good URL");
        for (method, length, announced) in [
            ("POST", 100_000, "Content-Length: 100000\r\n"),
            ("POST", 0, "Content-Length: 0\r\n"),
            ("GET", 3, "Content-Length: 3\r\n"),
            ("GET", 0, ""),
        ] {
            let request = url.request(&method.parse().expect("a good method"), &[], length);
            let head = format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:80\r\n{announced}\r\n");
            let got = String::from_utf8_lossy(&request[..request.len() - length]);
            assert_eq!((&*got, request.len()), (&*head, head.len() + length), "{method} with {length} bytes");
        }
    }

    #[test]
    fn what_would_be_another_request_is_refused() {
        for text in ["https://127.0.0.1:1/", "http://localhost:1/", "http://127.0.0.1/", "http://127.0.0.1:1/ x"] {
            assert_eq!(text.parse::<Url>(), Err(BadUrl), "{text}");
        }
        for text in ["", "GE T", "CONNECT", "GET\r\n"] {
            assert_eq!(text.parse::<Method>(), Err(BadMethod), "{text}");
        }
        for text in ["no colon", ": value", "a b: c", "a: b\r\nc: d", "Content-Length: 3"] {
            assert_eq!(text.parse::<Field>(), Err(BadField), "{text}");
        }
    }
}
