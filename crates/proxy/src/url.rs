//! The URL of an upstream server.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// The URL of an upstream: `http://host:port`, and nothing after that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamUrl {
    authority: String,
}

/// Why a text is not the URL of an upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlError(&'static str);

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; write it as http://host:port", self.0)
    }
}

impl std::error::Error for UrlError {}

impl FromStr for UpstreamUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let rest = text.strip_prefix("http://").ok_or(UrlError("an upstream is reached by plain http"))?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = authority.rsplit_once(':').ok_or(UrlError("the port is missing"))?;
        if host.is_empty() {
            return Err(UrlError("the host is missing"));
        }
        let bracketed = host.starts_with('[') && host.ends_with(']');
        let plain =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte) || (bracketed && b":[]".contains(&byte));
        if !host.bytes().all(plain) {
            return Err(UrlError("the host holds something that no host has"));
        }
        if !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse().map_or(true, |port: u16| port == 0) {
            return Err(UrlError("the port is not a number from 1 to 65535"));
        }
        Ok(Self { authority: authority.to_owned() })
    }
}

impl From<SocketAddr> for UpstreamUrl {
    fn from(address: SocketAddr) -> Self {
        Self { authority: address.to_string() }
    }
}

impl UpstreamUrl {
    /// `host:port`, as it was written.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }
}

impl fmt::Display for UpstreamUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_urls_and_says_what_is_wrong_with_others() {
        for good in ["http://127.0.0.1:80", "http://localhost:8080/", "http://[::1]:9"] {
            assert!(good.parse::<UpstreamUrl>().is_ok(), "{good}");
        }
        for (bad, part) in [
            ("https://a:1", "plain http"),
            ("a:1", "plain http"),
            ("http://a", "port is missing"),
            ("http://:1", "host is missing"),
            ("http://a:0", "not a number"),
            ("http://a:+1", "not a number"),
            ("http://a:70000", "not a number"),
            ("http://a:80/path", "port"),
            ("http://u@a:80", "no host has"),
        ] {
            let got = bad.parse::<UpstreamUrl>().map_err(|error| error.to_string());
            assert!(got.as_ref().is_err_and(|text| text.contains(part)), "{bad}: {got:?}");
        }
    }
}
