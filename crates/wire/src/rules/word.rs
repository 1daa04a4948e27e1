//! Words of a rule file that have been checked: field names, field values, methods, upstreams, new path prefixes.

use std::fmt;
use std::str::FromStr;

use super::Wrong;
use crate::syntax::{is_token_byte, is_value_byte};

/// Fields that decide where a message ends, whom it is for, or how one connection is used. The proxy sets them
/// itself; a rule that could set them could smuggle a request past every other rule (RFC 9112 6, 9110 7.6.1).
const OURS: [&str; 12] = [
    "Connection",
    "Content-Length",
    "Expect",
    "Host",
    "Keep-Alive",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "Via",
    "X-Request-Id",
];

/// Makes a type of a text that was checked: `Display`, and the text itself.
macro_rules! checked_text {
    ($($name:ident)*) => {$(
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

checked_text!(FieldName FieldValue Method NewPrefix UpstreamName);

/// The name of a field: a token (RFC 9110 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName(String);

impl FieldName {
    /// Whether `name` is this name; small letters and capitals are alike.
    pub fn is(&self, name: &[u8]) -> bool {
        self.0.as_bytes().eq_ignore_ascii_case(name)
    }

    /// This name again, if a rule may change such a field.
    ///
    /// # Errors
    /// The proxy decides the field itself, because it frames the message or belongs to one connection.
    pub fn changeable(self) -> Result<Self, Wrong> {
        if OURS.iter().any(|ours| self.0.eq_ignore_ascii_case(ours)) {
            return Err(Wrong::new(
                format!("a rule may not change the field {}", self.0),
                "the proxy decides it itself; leave it out",
            ));
        }
        Ok(self)
    }
}

impl FromStr for FieldName {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        token(text, "field name", "User-Agent").map(Self)
    }
}

/// The value of a field: no control character, no white space around it (RFC 9110 5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue(String);

impl FromStr for FieldValue {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        if let Some(byte) = text.bytes().find(|&byte| !is_value_byte(byte)) {
            return Err(Wrong::new(
                format!("a field value may not hold the byte 0x{byte:02X}"),
                "a value is one line: leave CR, LF and other control characters out",
            ));
        }
        if text.trim_matches([' ', '\t']) != text {
            return Err(Wrong::new("the field value has white space around it", "leave that white space out"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// A method: a token, in which small letters and capitals differ (RFC 9110 9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method(String);

impl FromStr for Method {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        token(text, "method", "TRACE").map(Self)
    }
}

/// The name of an upstream: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamName(String);

impl FromStr for UpstreamName {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if text.is_empty() || !text.chars().all(plain) {
            return Err(Wrong::new(
                format!("{text:?} is no name of an upstream"),
                "a name is made of letters, digits, `-`, `_` and `.`, as in \"kitchen\"",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

/// What a path prefix becomes, spelled as it goes to the upstream: `/caf%C3%A9`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPrefix(String);

impl FromStr for NewPrefix {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        if !text.starts_with('/') {
            return Err(Wrong::new(format!("{text:?} is no path"), "a path begins with `/`, as in \"/menu\""));
        }
        if let Some(letter) =
            text.chars().find(|&letter| !letter.is_ascii_graphic() || "?#\"<>\\^`{|}".contains(letter))
        {
            return Err(Wrong::new(
                format!("a path on the wire may not hold {letter:?}"),
                "write it percent-encoded, as in \"/caf%C3%A9\", and leave the query out",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

fn token(text: &str, kind: &str, example: &str) -> Result<String, Wrong> {
    if text.is_empty() || !text.bytes().all(is_token_byte) {
        return Err(Wrong::new(
            format!("{text:?} is no {kind}"),
            format!("a {kind} is letters, digits and some of !#$%&'*+-.^_`|~, as in {example:?}"),
        ));
    }
    Ok(text.to_owned())
}
