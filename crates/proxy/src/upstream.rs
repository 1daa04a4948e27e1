//! The upstream: its address, and the idle connections to it.
//!
//! Owns the connections that wait; gives a connection away for the time of one exchange. Leaves out what is
//! said on them (see `forward`).

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, ErrorKind};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

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

impl fmt::Display for UpstreamUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.authority)
    }
}

/// One connection to the upstream, with the buffer that its bytes are read into.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) stream: TcpStream,
    pub(crate) buffer: Vec<u8>,
    /// It has served before, so the upstream may have closed it without our knowing.
    pub(crate) reused: bool,
}

/// The upstream of a proxy.
#[derive(Debug)]
pub(crate) struct Upstream {
    authority: String,
    addresses: Vec<SocketAddr>,
    /// Shared with every connection's task; held only while we push or pop, never across an await.
    /// The oldest stands in front. We take from the back: the warmest connection is the likeliest to live.
    idle: Mutex<VecDeque<(Link, Instant)>>,
    most_idle: usize,
    longest_idle: Duration,
}

impl Upstream {
    /// Looks the host up, once: the addresses stay what they are while the proxy runs.
    ///
    /// # Errors
    /// The host has no address.
    pub(crate) async fn find(url: &UpstreamUrl, most_idle: usize, longest_idle: Duration) -> io::Result<Self> {
        let addresses: Vec<_> = tokio::net::lookup_host(&url.authority).await?.collect();
        if addresses.is_empty() {
            return Err(io::Error::new(ErrorKind::NotFound, "the host has no address"));
        }
        let idle = Mutex::new(VecDeque::new());
        Ok(Self { authority: url.authority.clone(), addresses, idle, most_idle, longest_idle })
    }

    /// `host:port`, as it was configured.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// An idle connection that looks alive. `surely` looks twice: for a request that cannot be repeated,
    /// one more system call is cheaper than an error.
    pub(crate) fn take(&self, surely: bool) -> Option<Link> {
        loop {
            let (link, since) = self.idle.lock().expect("no holder panics").pop_back()?;
            if since.elapsed() < self.longest_idle && is_quiet(&link.stream, surely) {
                return Some(Link { reused: true, ..link });
            }
        }
    }

    /// Keeps a connection for the next exchange. There must be nothing unread on it.
    pub(crate) fn put(&self, link: Link) {
        debug_assert!(link.buffer.is_empty(), "bytes behind a response are never the next response");
        let now = Instant::now();
        let mut idle = self.idle.lock().expect("no holder panics");
        while idle.front().is_some_and(|(_, since)| now - *since >= self.longest_idle) {
            idle.pop_front();
        }
        if idle.len() < self.most_idle {
            idle.push_back((link, now));
        }
    }

    /// Opens a new connection.
    pub(crate) async fn dial(&self) -> io::Result<Link> {
        let stream = TcpStream::connect(self.addresses.as_slice()).await?;
        // Heads and chunk ends are small writes: none of them should wait for an ACK.
        stream.set_nodelay(true)?;
        Ok(Link { stream, buffer: Vec::new(), reused: false })
    }
}

/// Whether nothing has come on an idle connection: neither bytes, which would belong to no request, nor its end.
fn is_quiet(stream: &TcpStream, surely: bool) -> bool {
    let blocked = |error: io::Error| error.kind() == ErrorKind::WouldBlock;
    // tokio answers from what epoll last told it, which costs nothing and may be a moment old.
    let quiet = stream.try_read(&mut [0]).is_err_and(blocked);
    quiet && (!surely || socket2::SockRef::from(stream).peek(&mut [MaybeUninit::uninit()]).is_err_and(blocked))
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
