//! How far a request may travel: Via and Max-Forwards (RFC 9110 7.6.2 and 7.6.3).
//!
//! Owns the name of this proxy in Via, and the two ends of a journey that is too long: a loop, and a count that
//! has run out. Leaves out how the answers are written (see `refusal`).

use crate::parts::headers;
use crate::refusal::{Refusal, SelfAnswer};
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::str::FromStr;
use wire::{Fields, Known, RequestHead, Version, syntax};

/// The name of a proxy in Via: a token, and no other proxy on the way has the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pseudonym(String);

impl Pseudonym {
    /// `proxylings-` and an id that is new with each call. Two proxies of ours may stand behind one another, so
    /// a name that both had would look like a loop.
    pub fn unique() -> Self {
        // The standard library has no random numbers; the seed of its hash maps is one.
        let id = RandomState::new().build_hasher().finish() & 0xffff_ffff;
        Self(format!("proxylings-{id:08x}"))
    }
}

/// Why a text is not the name of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PseudonymError;

impl fmt::Display for PseudonymError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name in Via is one word of letters, digits and !#$%&'*+-.^_`|~")
    }
}

impl std::error::Error for PseudonymError {}

impl FromStr for Pseudonym {
    type Err = PseudonymError;

    fn from_str(text: &str) -> Result<Self, PseudonymError> {
        if text.is_empty() || !text.bytes().all(syntax::is_token_byte) {
            return Err(PseudonymError);
        }
        Ok(Self(text.to_owned()))
    }
}

/// The Via values of this proxy, made once.
#[derive(Debug)]
pub(crate) struct Via {
    pseudonym: Pseudonym,
    http10: String,
    http11: String,
}

impl Via {
    /// RFC 9110 7.6.3: protocol, pseudonym, and a comment, which is where the label goes.
    pub(crate) fn new(pseudonym: Pseudonym, label: &str) -> Self {
        let mut comment = String::new();
        if !label.is_empty() {
            comment.push_str(" (");
            for character in label.chars() {
                match character {
                    '(' | ')' | '\\' => comment.extend(['\\', character]),
                    _ if character.is_control() => comment.push(' '),
                    _ => comment.push(character),
                }
            }
            comment.push(')');
        }
        let name = &pseudonym.0;
        Self { http10: format!("1.0 {name}{comment}"), http11: format!("1.1 {name}{comment}"), pseudonym }
    }

    /// The value for a message that came in `version`.
    pub(crate) fn of(&self, version: Version) -> &str {
        match version {
            Version::Http10 => &self.http10,
            Version::Http11 => &self.http11,
        }
    }

    /// Whether `element` of a Via field was written by us: its second word is the name of whoever received.
    fn wrote(&self, element: &[u8]) -> bool {
        let mut words = element.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        words.nth(1) == Some(self.pseudonym.0.as_bytes())
    }
}

/// Judges whether a request may travel on. `Some` is the Max-Forwards that goes on, already lowered.
///
/// # Errors
/// Our own answer, where the count has run out; 508, where the request was here before; 400, where the count is
/// no number. RFC 9110 7.6.2 says that we have to lower it *before* we forward, and what is no number can't be.
pub(crate) fn travel(head: &RequestHead, via: &Via) -> Result<Option<u64>, Refusal> {
    let fields = head.as_fields();
    let counts = matches!(head.method(), b"TRACE" | b"OPTIONS");
    let left = if counts { max_forwards(fields)? } else { None };
    // Before the loop is judged: with a count, somebody is looking for the loop, and wants to hear from each hop.
    if left == Some(0) {
        return Err(final_recipient(head));
    }
    let looped = headers::has_element(fields, Known::Via, |element| via.wrote(element))
        .map_err(|panic| Refusal::ours(&panic))?;
    if looped {
        let text = format!("this request has been here before: its Via names {}", via.pseudonym.0);
        return Err(Refusal::new(508, text));
    }
    Ok(left.map(|left| left - 1))
}

fn max_forwards(fields: Fields<'_>) -> Result<Option<u64>, Refusal> {
    let mut lines = fields.of(Known::MaxForwards);
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    if line.value.is_empty() || !line.value.iter().all(u8::is_ascii_digit) || lines.next().is_some() {
        return Err(Refusal::new(400, "Max-Forwards is not one decimal number"));
    }
    // A count that is larger than ours becomes the largest that we have, as the RFC provides.
    let add = |number: u64, &digit: &u8| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
    Ok(Some(line.value.iter().fold(0, add)))
}

/// What the last server on the way says to TRACE (RFC 9110 9.3.8) and OPTIONS (9.3.7).
fn final_recipient(head: &RequestHead) -> Refusal {
    let answer = if head.method() == b"TRACE" { SelfAnswer::Trace(reflection(head)) } else { SelfAnswer::Options };
    Refusal { status: 200, text: "Max-Forwards is 0".to_owned(), answer: Some(Box::new(answer)) }
}

/// The request as it came, without the fields that are secrets: a script may read this answer where it may not
/// read the cookies.
fn reflection(head: &RequestHead) -> Vec<u8> {
    let version = match head.version() {
        Version::Http10 => b" HTTP/1.0\r\n",
        Version::Http11 => b" HTTP/1.1\r\n",
    };
    let mut out = [head.method(), b" ", head.target(), version].concat();
    for field in head.as_fields().iter() {
        if !matches!(field.known, Some(Known::Authorization | Known::ProxyAuthorization | Known::Cookie)) {
            for piece in [field.name, b": ", field.value, b"\r\n"] {
                out.extend_from_slice(piece);
            }
        }
    }
    out.extend_from_slice(b"\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::request::parse;
    use wire::Limits;

    fn judged(input: &str) -> Result<Option<u64>, Refusal> {
        let head = parse(input.as_bytes().to_vec(), &Limits::default()).expect("no panic").expect("a good head");
        travel(&head, &Via::new("here".parse().expect("a token"), "mine"))
    }

    #[test]
    fn a_count_is_lowered_by_one() {
        for (value, expected) in
            [("1", 0), ("10", 9), ("007", 6), ("18446744073709551615", u64::MAX - 1), (&"9".repeat(40), u64::MAX - 1)]
        {
            for method in ["TRACE", "OPTIONS"] {
                let got = judged(&format!("{method} / HTTP/1.1\r\nMax-Forwards: {value}\r\n\r\n"));
                assert_eq!(got, Ok(Some(expected)), "{method} {value}");
            }
        }
    }

    #[test]
    fn only_trace_and_options_count() {
        for value in ["0", "no number"] {
            assert_eq!(judged(&format!("GET / HTTP/1.1\r\nMax-Forwards: {value}\r\n\r\n")), Ok(None), "{value}");
        }
        assert_eq!(judged("TRACE / HTTP/1.1\r\n\r\n"), Ok(None));
    }

    #[test]
    fn a_count_that_cannot_be_lowered_is_refused() {
        for value in ["", "-1", "+1", "1.5", "1, 1", "x", "1\r\nMax-Forwards: 1"] {
            let got = judged(&format!("OPTIONS * HTTP/1.1\r\nMax-Forwards: {value}\r\n\r\n"));
            assert_eq!(got.map_err(|refusal| refusal.status), Err(400), "{value:?}");
        }
    }

    #[test]
    fn trace_reflects_the_request_without_its_secrets() {
        let input = "TRACE /a HTTP/1.0\r\nHost: h\r\nCookie: a=b\r\nmax-forwards: 0\r\nAUTHORIZATION: Basic x\r\n\
                     Proxy-Authorization: Basic y\r\nVia: 1.1 here\r\n\r\n";
        let reflected = "TRACE /a HTTP/1.0\r\nHost: h\r\nmax-forwards: 0\r\nVia: 1.1 here\r\n\r\n";
        let got = judged(input).map_err(|refusal| (refusal.status, refusal.answer));
        assert_eq!(got, Err((200, Some(Box::new(SelfAnswer::Trace(reflected.as_bytes().to_vec()))))));
    }

    #[test]
    fn options_ends_here_too() {
        let got = judged("OPTIONS * HTTP/1.1\r\nMax-Forwards: 00\r\n\r\n");
        assert_eq!(
            got.map_err(|refusal| (refusal.status, refusal.answer)),
            Err((200, Some(Box::new(SelfAnswer::Options))))
        );
    }

    #[test]
    fn our_own_name_in_via_is_a_loop() {
        for via in ["1.1 here", "1.0 a, 1.1 here (mine)", "HTTP/1.1  here\t(x)", "1.1 a\r\nVia: 1.1 here"] {
            let got = judged(&format!("GET / HTTP/1.1\r\nVia: {via}\r\n\r\n"));
            assert_eq!(got.map_err(|refusal| refusal.status), Err(508), "{via}");
        }
        for via in ["1.1 there", "1.1 here2", "here", "1.1 a (here)", "1.1 a (1.1 here)", "1.1 Here", ""] {
            assert_eq!(judged(&format!("GET / HTTP/1.1\r\nVia: {via}\r\n\r\n")), Ok(None), "{via}");
        }
    }

    #[test]
    fn two_proxies_have_two_names() {
        assert_ne!(Pseudonym::unique(), Pseudonym::unique());
        assert!(Pseudonym::unique().0.parse::<Pseudonym>().is_ok());
        for bad in ["", "a b", "a,b", "(a)", "\u{e9}", "a\r\nb"] {
            assert_eq!(bad.parse::<Pseudonym>(), Err(PseudonymError), "{bad:?}");
        }
    }
}
