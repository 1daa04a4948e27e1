//! Decisions about one request or one answer: whether it may be looked up, kept, and for how long (RFC 9111 3 to 5).

use super::directives::seconds;
use super::{Answer, Asked, Directives, Times, date};
use crate::{Fields, Known};
use std::fmt;

/// What a request lets a cache do for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The client wants the upstream asked, whatever is stored (`no-cache`).
    pub revalidate: bool,
    /// The oldest age that the client takes, in seconds.
    pub max_age_s: u64,
    /// For how many seconds more the answer has to be fresh.
    pub min_fresh_s: u64,
    /// The client wants a stored answer or none (`only-if-cached`).
    pub only_if_cached: bool,
    /// What the upstream says to this request may be kept. Not for HEAD, whose answer has no body, and not for
    /// a request with the client's own conditions, whose answer may be a 304 that means the client's copy.
    pub fills: bool,
}

/// What `asked` lets a cache do for it; None: the cache has no part in it.
pub fn wish(asked: &Asked<'_>) -> Option<Wish> {
    const NOT_OURS: [Known; 8] = [
        Known::Range,
        Known::IfRange,
        Known::IfMatch,
        Known::IfUnmodifiedSince,
        Known::Upgrade,
        Known::Expect,
        Known::ContentLength, // a GET with a body: what it means is between the client and the upstream
        Known::TransferEncoding,
    ];
    let fields = asked.fields;
    if !matches!(asked.method, b"GET" | b"HEAD") || NOT_OURS.iter().any(|&name| fields.has(name)) {
        return None;
    }
    let said = Directives::of(fields);
    if said.no_store {
        return None;
    }
    let pragma = || !fields.has(Known::CacheControl) && fields.of(Known::Pragma).any(|line| line.value == b"no-cache");
    let conditional = fields.has(Known::IfNoneMatch) || fields.has(Known::IfModifiedSince);
    Some(Wish {
        revalidate: said.no_cache || pragma(),
        max_age_s: said.max_age_s.unwrap_or(u64::MAX),
        min_fresh_s: said.min_fresh_s.unwrap_or(0),
        only_if_cached: said.only_if_cached,
        fills: asked.method == b"GET" && !conditional,
    })
}

/// Whether an answer with `status` to `asked` makes what is stored under the same URI untrue (RFC 9111 4.4).
pub fn forgets(asked: &Asked<'_>, status: u16) -> bool {
    !matches!(asked.method, b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE") && (200..400).contains(&status)
}

/// Why an answer is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unstorable {
    /// It does not answer a GET that a cache may have a part in.
    Request,
    /// The status code is not one that we keep.
    Status,
    /// It says `no-store`.
    NoStore,
    /// It says `private`, and we are shared.
    Private,
    /// It answers a request with Authorization and does not say that it is meant for all.
    Authorization,
    /// It sets a cookie and does not say that it is meant for all.
    SetCookie,
    /// It says `Vary: *`: no other request is like this one.
    VaryAny,
    /// It does not say how long it is fresh, or it is stale already and has no validator to ask about it.
    NoLifetime,
    /// Its body is not as long as its Content-Length.
    Incomplete,
}

impl fmt::Display for Unstorable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "it does not answer a GET that a cache may have a part in",
            Self::Status => "its status code is not one that we keep",
            Self::NoStore => "it says no-store",
            Self::Private => "it says private, and this cache is shared",
            Self::Authorization => "it answers a request with Authorization and says neither public nor s-maxage",
            Self::SetCookie => "it sets a cookie and says neither public nor s-maxage",
            Self::VaryAny => "it says Vary: *, so no other request is like this one",
            Self::NoLifetime => "it is not fresh for any time, and has nothing to ask about it with",
            Self::Incomplete => "its body is not as long as its Content-Length",
        })
    }
}

/// Whether the head of an answer to `asked` lets us keep it (RFC 9111 3).
///
/// # Errors
/// The first reason against it.
pub fn storable(asked: &Asked<'_>, answer: &Answer<'_>, times: &Times) -> Result<(), Unstorable> {
    if !wish(asked).is_some_and(|wish| wish.fills) {
        return Err(Unstorable::Request);
    }
    keepable(asked, answer, times)
}

/// As [`storable`], for an answer that a 304 has just confirmed.
pub(super) fn keepable(asked: &Asked<'_>, answer: &Answer<'_>, times: &Times) -> Result<(), Unstorable> {
    let fields = answer.fields;
    let said = Directives::of(fields);
    if !matches!(answer.status, 200 | 203 | 204 | 300 | 301 | 302 | 307 | 308 | 404 | 405 | 410 | 414 | 501) {
        Err(Unstorable::Status)
    } else if said.no_store {
        Err(Unstorable::NoStore)
    } else if said.private {
        Err(Unstorable::Private)
    } else if asked.fields.has(Known::Authorization) && !is_for_all(&said) {
        Err(Unstorable::Authorization)
    } else if fields.has(Known::SetCookie) && !(said.public || said.s_maxage_s.is_some()) {
        Err(Unstorable::SetCookie)
    } else if elements(fields, Known::Vary).any(|name| name == b"*") {
        Err(Unstorable::VaryAny)
    } else if !is_of_use(fields, &said, times) {
        Err(Unstorable::NoLifetime)
    } else {
        Ok(())
    }
}

/// Fresh for some time, or at least something that the upstream can be asked about.
fn is_of_use(fields: Fields<'_>, said: &Directives, times: &Times) -> bool {
    let has_validator = fields.has(Known::ETag) || fields.has(Known::LastModified);
    match lifetime_s(fields, times.answered_unix_s) {
        Some(0) => has_validator,
        Some(_) => has_validator || !said.no_cache,
        None => has_validator && said.no_cache,
    }
}

/// Whether an answer is meant for every client, those included that name themselves (RFC 9111 3.5).
pub(super) fn is_for_all(said: &Directives) -> bool {
    said.public || said.must_revalidate || said.s_maxage_s.is_some()
}

/// For how many seconds an answer is fresh, counted from when the origin made it; None when it does not say.
///
/// `s-maxage` before `max-age` before Expires (RFC 9111 4.2.1). An Expires that is no date is past (5.3).
pub fn lifetime_s(fields: Fields<'_>, answered_unix_s: u64) -> Option<u64> {
    let said = Directives::of(fields);
    said.s_maxage_s.or(said.max_age_s).or_else(|| {
        let expires = fields.of(Known::Expires).next()?;
        let made = date_s(fields).unwrap_or(answered_unix_s);
        Some(date::parse(expires.value).unwrap_or(0).saturating_sub(made))
    })
}

/// How old an answer was when it came, in milliseconds (RFC 9111 4.2.3).
pub(super) fn initial_age_ms(fields: Fields<'_>, times: &Times) -> u64 {
    let told_s = fields.of(Known::Age).next().and_then(|line| {
        let first = line.value.split(|&byte| byte == b',').next().unwrap_or(b"");
        seconds(first.trim_ascii())
    });
    let journey_ms = times.answered_ms.saturating_sub(times.asked_ms);
    let apparent_s = date_s(fields).map_or(0, |made| times.answered_unix_s.saturating_sub(made));
    (apparent_s * 1_000).max(told_s.unwrap_or(0) * 1_000 + journey_ms)
}

fn date_s(fields: Fields<'_>) -> Option<u64> {
    fields.of(Known::Date).next().and_then(|line| date::parse(line.value))
}

/// The elements of a list field, over all of its lines, without empty ones.
pub(super) fn elements(fields: Fields<'_>, name: Known) -> impl Iterator<Item = &[u8]> {
    fields
        .of(name)
        .flat_map(|line| line.value.split(|&byte| byte == b','))
        .map(<[u8]>::trim_ascii)
        .filter(|element| !element.is_empty())
}
