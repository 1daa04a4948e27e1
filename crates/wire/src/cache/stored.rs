//! One stored answer: what is sent again, and what its freshness is reckoned from.

use super::rules::{elements, initial_age_ms, is_for_all, keepable, lifetime_s, storable};
use super::{Answer, Asked, Directives, Times, Unstorable, Uri, Wish, date};
use crate::{Field, FieldLines, Fields, Known};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A stored answer. It never changes: a 304 makes a new one, which shares the body.
#[derive(Debug)]
pub struct Stored {
    status: u16,
    reason: Vec<u8>,
    fields: FieldLines,
    /// Shared with the entry that a 304 makes of this one.
    body: Arc<[u8]>,
    /// Scheme, host and target, one after the other; the numbers say where the first two end.
    uri: (Vec<u8>, usize, usize),
    /// The request fields that Vary names, with their values in the request that was answered.
    vary: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    is_for_all: bool,
    always_ask: bool,
    lifetime_ms: u64,
    initial_age_ms: u64,
    answered_ms: u64,
}

impl Stored {
    /// What an entry costs beyond the bytes of its head and body: its own fields, and its places in the tables.
    pub const OVERHEAD: usize = 512;

    /// The entry that an answer to `asked` makes.
    ///
    /// # Errors
    /// Why it may not be kept.
    pub fn new(asked: &Asked<'_>, answer: &Answer<'_>, body: Vec<u8>, times: &Times) -> Result<Self, Unstorable> {
        storable(asked, answer, times)?;
        let announced = answer.fields.of(Known::ContentLength).next().map(|line| line.value);
        if announced.is_some_and(|length| length != body.len().to_string().as_bytes()) {
            return Err(Unstorable::Incomplete);
        }
        let mut fields = FieldLines::new();
        end_to_end(answer.fields).for_each(|(name, value)| put(&mut fields, name, value));
        Ok(Self::made(asked, answer.status, answer.reason, fields, body.into(), times))
    }

    /// The entry that this one becomes when the upstream answers `asked` with a 304 (RFC 9111 4.3.4), and whether
    /// it may still be kept; None when the 304 speaks of another version of the resource.
    pub fn freshened(&self, asked: &Asked<'_>, not_modified: Fields<'_>, times: &Times) -> Option<(Self, bool)> {
        let theirs = not_modified.of(Known::ETag).next();
        let differ = |(ours, theirs): (&[u8], Field<'_>)| opaque(ours) != opaque(theirs.value);
        if self.etag().zip(theirs).is_some_and(differ) {
            return None;
        }
        // What describes the body stays, because the body stays (RFC 9111 3.2).
        let describes = |name: &[u8]| {
            matches!(Known::of(name), Some(Known::ContentType | Known::ContentEncoding | Known::ContentRange))
        };
        let news: Vec<_> = end_to_end(not_modified).filter(|(name, _)| !describes(name)).collect();
        let mut fields = FieldLines::new();
        let is_new = |old: &[u8]| news.iter().any(|(name, _)| name.eq_ignore_ascii_case(old));
        let kept = self.fields.as_fields().iter().filter(|line| !is_new(line.name) && line.known != Some(Known::Date));
        kept.for_each(|line| put(&mut fields, line.name, line.value));
        news.iter().for_each(|(name, value)| put(&mut fields, name, value));
        let fresh = Self::made(asked, self.status, &self.reason, fields, Arc::clone(&self.body), times);
        let answer = Answer { status: self.status, reason: &self.reason, fields: fresh.fields() };
        let is_kept = keepable(asked, &answer, times).is_ok();
        Some((fresh, is_kept))
    }

    fn made(
        asked: &Asked<'_>,
        status: u16,
        reason: &[u8],
        mut fields: FieldLines,
        body: Arc<[u8]>,
        times: &Times,
    ) -> Self {
        if !fields.as_fields().has(Known::Date) {
            // RFC 9110 6.6.1: whoever keeps an answer without a Date notes when it came.
            put(&mut fields, b"Date", date::format(times.answered_unix_s).as_bytes());
        }
        // The Age of the caches before us is in the number; the field itself is written anew for each client.
        let initial_age_ms = initial_age_ms(fields.as_fields(), times);
        fields = fields.as_fields().iter().filter(|line| line.known != Some(Known::Age)).fold(
            FieldLines::new(),
            |mut kept, line| {
                put(&mut kept, line.name, line.value);
                kept
            },
        );
        let view = fields.as_fields();
        let said = Directives::of(view);
        let values = |name: &[u8]| values(asked.fields, name).map(<[u8]>::to_vec).collect();
        let vary = elements(view, Known::Vary).map(|name| (name.to_vec(), values(name))).collect();
        let Uri { scheme, host, target } = asked.uri;
        Self {
            status,
            reason: reason.to_vec(),
            body,
            uri: ([scheme, host, target].concat(), scheme.len(), scheme.len() + host.len()),
            vary,
            is_for_all: is_for_all(&said),
            always_ask: said.no_cache,
            lifetime_ms: lifetime_s(view, times.answered_unix_s).unwrap_or(0) * 1_000,
            initial_age_ms,
            answered_ms: times.answered_ms,
            fields,
        }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The reason phrase, which may be empty.
    pub fn reason(&self) -> &[u8] {
        &self.reason
    }

    /// The fields to send again, Date among them. Without Age, Content-Length and what ends at a hop: whoever
    /// sends the answer says how old it is now, and how it is framed.
    pub fn fields(&self) -> Fields<'_> {
        self.fields.as_fields()
    }

    /// The same fields as they are written in a head, each line with its CRLF.
    pub fn field_lines(&self) -> &[u8] {
        self.fields.as_bytes()
    }

    /// The whole body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The URI under which it was asked for.
    pub fn uri(&self) -> Uri<'_> {
        let (bytes, host, target) = &self.uri;
        Uri { scheme: &bytes[..*host], host: &bytes[*host..*target], target: &bytes[*target..] }
    }

    /// The validator to send in If-None-Match, quotes and all.
    pub fn etag(&self) -> Option<&[u8]> {
        self.fields().of(Known::ETag).next().map(|line| line.value)
    }

    /// The validator to send in If-Modified-Since.
    pub fn last_modified(&self) -> Option<&[u8]> {
        self.fields().of(Known::LastModified).next().map(|line| line.value)
    }

    /// How old the answer is, in whole seconds: the value of Age (RFC 9111 4.2.3).
    pub fn age_s(&self, now_ms: u64) -> u64 {
        self.age_ms(now_ms) / 1_000
    }

    fn age_ms(&self, now_ms: u64) -> u64 {
        self.initial_age_ms + now_ms.saturating_sub(self.answered_ms)
    }

    /// Whether this is an answer to `asked`: the same URI, and the same values of all fields that Vary names. A
    /// client that names itself (Authorization) gets only what is meant for all.
    pub fn answers(&self, asked: &Asked<'_>) -> bool {
        self.uri() == asked.uri
            && (self.is_for_all || !asked.fields.has(Known::Authorization))
            && self.vary.iter().all(|(name, kept)| values(asked.fields, name).eq(kept.iter().map(Vec::as_slice)))
    }

    /// Whether `other` is the same variant of the same URI, so that one of the two replaces the other.
    pub(super) fn is_variant_of(&self, other: &Self) -> bool {
        self.uri == other.uri && self.vary == other.vary
    }

    /// Whether it was good for others than the one who asked when it came: not stale already, and not to be asked
    /// about each time. RFC 9111 4 lets one fetch answer many requests on that condition.
    pub fn is_shareable(&self) -> bool {
        !self.always_ask && self.lifetime_ms > self.initial_age_ms
    }

    /// Whether it may be sent to a client with that wish, now, without asking the upstream.
    pub fn serves(&self, wish: &Wish, now_ms: u64) -> bool {
        let age_ms = self.age_ms(now_ms);
        let left_ms = self.lifetime_ms.saturating_sub(age_ms);
        left_ms > 0
            && !self.always_ask
            && !wish.revalidate
            && age_ms / 1_000 <= wish.max_age_s
            && left_ms >= wish.min_fresh_s.saturating_mul(1_000)
    }

    /// Whether the client's own conditions hold, so that it gets a 304 without the body (RFC 9110 13.2.2). They mean
    /// nothing to an answer that is no success (13.2.1).
    pub fn is_not_modified(&self, request: Fields<'_>) -> bool {
        if !(200..300).contains(&self.status) {
            return false;
        }
        if request.has(Known::IfNoneMatch) {
            let same = |asked: &[u8]| asked == b"*" || self.etag().is_some_and(|ours| opaque(ours) == opaque(asked));
            return entity_tags(request).any(same);
        }
        let since = request.of(Known::IfModifiedSince).next().and_then(|line| date::parse(line.value));
        let changed = self.last_modified().and_then(date::parse);
        matches!((since, changed), (Some(since), Some(changed)) if changed <= since)
    }

    /// Feeds the values that `asked` has for the fields that Vary names here: which variant it will want.
    pub fn hash_variant<H: Hasher>(&self, asked: &Asked<'_>, state: &mut H) {
        for (name, _) in &self.vary {
            values(asked.fields, name).for_each(|value| value.hash(state));
            name.hash(state);
        }
    }

    /// What the entry costs: head, body, and [`Stored::OVERHEAD`].
    pub fn cost(&self) -> usize {
        let varied: usize =
            self.vary.iter().map(|(name, kept)| name.len() + kept.iter().map(Vec::len).sum::<usize>()).sum();
        self.reason.len() + self.field_lines().len() + self.body.len() + self.uri.0.len() + varied + Self::OVERHEAD
    }
}

/// The fields that may be kept: none that ends at this hop (RFC 9111 3.1), and no Content-Length, because the
/// body itself says how long it is.
fn end_to_end(fields: Fields<'_>) -> impl Iterator<Item = (&[u8], &[u8])> {
    let ends_here = move |name: &[u8], known: Option<Known>| match known {
        Some(Known::ContentLength | Known::ProxyAuthenticate) => true,
        Some(known) => known.is_hop_by_hop(),
        None => elements(fields, Known::Connection).any(|option| option.eq_ignore_ascii_case(name)),
    };
    fields.iter().filter(move |line| !ends_here(line.name, line.known)).map(|line| (line.name, line.value))
}

fn put(fields: &mut FieldLines, name: &[u8], value: &[u8]) {
    fields.push(name, value).expect("the name and the value come from a head that was parsed, or are ours");
}

/// The values of a field that may have any name, one a line.
fn values<'a>(fields: Fields<'a>, name: &[u8]) -> impl Iterator<Item = &'a [u8]> {
    fields.iter().filter(move |line| line.name.eq_ignore_ascii_case(name)).map(|line| line.value)
}

/// The entity tags in If-None-Match. A comma in a tag divides nothing, and no tag has a quote inside (RFC 9110 8.8.3).
fn entity_tags(fields: Fields<'_>) -> impl Iterator<Item = &[u8]> {
    let tags = fields.of(Known::IfNoneMatch).flat_map(|line| {
        let mut quoted = false;
        line.value.split(move |&byte| {
            quoted ^= byte == b'"';
            byte == b',' && !quoted
        })
    });
    tags.map(<[u8]>::trim_ascii)
}

/// An entity tag without the mark of a weak one: caches compare weakly (RFC 9110 13.1.2).
fn opaque(etag: &[u8]) -> &[u8] {
    etag.strip_prefix(b"W/").unwrap_or(etag)
}
