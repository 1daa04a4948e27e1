//! Which requests a rule is for: host, path prefix, client.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use super::Wrong;

/// The requests for one host, below one path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Which hosts.
    pub host: HostPattern,
    /// Which paths.
    pub path: PathPrefix,
}

impl Scope {
    /// Whether a request for `host` (with or without port) and `path` (as [`plain_path`] gives it) is one of them.
    pub fn matches(&self, host: &[u8], path: &[u8]) -> bool {
        self.path.matches(path) && self.host.matches(host)
    }
}

/// Which hosts a rule is for; small letters and capitals are alike, and the port does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// Every host.
    #[default]
    Any,
    /// Every host below this one, `*.cafe.example` in the file; here without the `*`: `.cafe.example`.
    Below(String),
    /// This host and no other.
    Exact(String),
}

impl HostPattern {
    /// Whether `host`, as it stands in a request, is one of them.
    pub fn matches(&self, host: &[u8]) -> bool {
        let host = bare_host(host);
        match self {
            Self::Any => true,
            Self::Exact(name) => host.eq_ignore_ascii_case(name.as_bytes()),
            Self::Below(name) => host
                .len()
                .checked_sub(name.len())
                .is_some_and(|start| start > 0 && host[start..].eq_ignore_ascii_case(name.as_bytes())),
        }
    }

    /// How narrow the pattern is: an exact host before a wildcard, a long wildcard before a short one.
    pub fn narrowness(&self) -> (u8, usize) {
        match self {
            Self::Any => (0, 0),
            Self::Below(name) => (1, name.len()),
            Self::Exact(_) => (2, 0),
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Below(name) => write!(f, "*{name}"),
            Self::Exact(name) => f.write_str(name),
        }
    }
}

impl FromStr for HostPattern {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let help = "a host is a name, an address, or a wildcard: \"cafe.example\", \"[::1]\", \"*.cafe.example\"";
        let below = text.strip_prefix('*');
        let name = below.unwrap_or(text);
        if text.starts_with('[') {
            let address = text.trim_start_matches('[').trim_end_matches(']');
            if !text.ends_with(']') || address.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(Wrong::new(format!("{text:?} is no host"), help));
            }
        } else if name.contains(':') {
            return Err(Wrong::new(format!("the host {text:?} has a port"), "leave the port out: it does not matter"));
        } else if !is_name(if below.is_some() { name.strip_prefix('.').unwrap_or("") } else { name }) {
            return Err(Wrong::new(format!("{text:?} is no host"), help));
        }
        let pattern = if below.is_some() { Self::Below } else { Self::Exact };
        Ok(pattern(name.to_owned()))
    }
}

/// Labels of letters, digits, `-` and `_`, with a dot between them.
fn is_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    text.split('.').all(|label| !label.is_empty() && label.chars().all(plain))
}

/// `host` without its port, and without the dot that a fully qualified name may end in.
pub fn bare_host(host: &[u8]) -> &[u8] {
    let name = match host.iter().rposition(|&byte| byte == b':' || byte == b']') {
        Some(at) if host[at] == b':' => &host[..at],
        _ => host,
    };
    name.strip_suffix(b".").unwrap_or(name)
}

/// Which paths a rule is for: this one, and those below it. `/menu` is for `/menu` and `/menu/today`, not for `/menus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathPrefix(String);

impl PathPrefix {
    /// Whether `path`, as [`plain_path`] gives it, is one of them.
    pub fn matches(&self, path: &[u8]) -> bool {
        if self.0 == "/" {
            return true; // `*`, the target of OPTIONS for the whole server, is below it, too
        }
        match path.strip_prefix(self.0.as_bytes()) {
            Some(rest) => rest.is_empty() || rest[0] == b'/' || self.0.ends_with('/'),
            None => false,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for PathPrefix {
    /// Every path.
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl FromStr for PathPrefix {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        if !text.starts_with('/') {
            return Err(Wrong::new(format!("{text:?} is no path"), "a path begins with `/`, as in \"/menu\""));
        }
        if text.contains(['?', '#']) {
            return Err(Wrong::new(
                format!("the path {text:?} has more than a path"),
                "leave the query out: rules look at the path only",
            ));
        }
        if let Cow::Owned(plain) = plain_path(text.as_bytes()) {
            let plain = String::from_utf8_lossy(&plain);
            return Err(Wrong::new(
                format!("no path is matched in the spelling {text:?}"),
                format!("write {plain:?}: rules see a path decoded, without `//`, `/./` and `/../`"),
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

/// The path of a request-target in the one spelling that rules look at: percent-decoded, without `//`, `/./`, `/../`.
///
/// Without this, `/%61dmin` and `/x/../admin` walk around a rule for `/admin`, and reach the same page.
/// The target that is forwarded stays as it is. Most paths have this spelling already: then nothing is copied.
pub fn plain_path(target: &[u8]) -> Cow<'_, [u8]> {
    let end = target.iter().position(|&byte| byte == b'?' || byte == b'#').unwrap_or(target.len());
    let path = &target[..end];
    let odd = path.windows(2).any(|pair| matches!(pair, b"//" | b"/."));
    if !odd && !path.contains(&b'%') {
        return Cow::Borrowed(path);
    }
    let decoded = decoded(path);
    let mut plain: Vec<u8> = Vec::with_capacity(decoded.len());
    let mut segments = decoded.split(|&byte| byte == b'/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            b".." => plain.truncate(plain.iter().rposition(|&byte| byte == b'/').unwrap_or(0)),
            b"" | b"." => {}
            _ => {
                plain.push(b'/');
                plain.extend_from_slice(segment);
            }
        }
        // `/a/`, `/a/.` and `/a/b/..` all name the folder `/a/`.
        if last && matches!(segment, b"" | b"." | b"..") {
            plain.push(b'/');
        }
    }
    if plain == path { Cow::Borrowed(path) } else { Cow::Owned(plain) }
}

/// `path` with each `%41` made an `A`. What is no such triple stays as it is.
fn decoded(path: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((&first, after)) = rest.split_first() {
        let triple = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match triple {
            Some((high, low)) => {
                bytes.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits make one byte"));
                rest = &rest[3..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

/// Clients whose addresses begin alike: `203.0.113.0/24`, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `client` is one of them. An IPv4 address that came in IPv6 clothes (`::ffff:…`) is an IPv4 address.
    pub fn contains(&self, client: IpAddr) -> bool {
        match (self.address, client.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(client)) => {
                (network.to_bits() ^ client.to_bits()).leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(network), IpAddr::V6(client)) => {
                (network.to_bits() ^ client.to_bits()).leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl FromStr for Network {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let wrong = || {
            Wrong::new(
                format!("{text:?} is no address and no network"),
                "write an address or a network, as in \"203.0.113.7\" or \"2001:db8::/32\"",
            )
        };
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().map_err(|_| wrong())?,
            Some(_) => return Err(wrong()),
        };
        if prefix > longest {
            return Err(Wrong::new(
                format!("{text:?} fixes more bits than an address has"),
                format!("the number behind `/` is at most {longest}"),
            ));
        }
        Ok(Self { address, prefix })
    }
}
