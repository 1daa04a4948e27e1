//! The vocabulary of a shared HTTP cache, and the rules that need no lock (a subset of RFC 9111).
//!
//! Owns what a cache is asked, what it keeps, and the decisions about one request, one answer or one shelf.
//! Leaves out locks, waiting and fetching (part 08, `cache`), clocks (times come in as numbers), and sockets.
//!
//! What the subset holds, by the sections of RFC 9111:
//!
//! - 2, 4.1: the key is scheme, host with port, and target, byte for byte; then the request fields that Vary names.
//! - 3: GET only, final status codes of a short list, never `no-store`, `private`, `Vary: *` or a part of a
//!   body. `Set-Cookie` is kept only with `public` or `s-maxage`, which is stricter than the RFC.
//! - 3.5: an answer to a request with Authorization needs `public`, `s-maxage` or `must-revalidate`.
//! - 4.2: `s-maxage`, then `max-age`, then Expires. No heuristics: an answer that names no lifetime is not kept.
//! - 4.2.3, 5.1: the age counts the journey and every cache before us.
//! - 4.3: a stale answer is asked about with its validators; a 304 freshens it. Nothing stale is ever served.
//! - 4.4: an unsafe method that succeeds forgets what is stored under its URI.
//! - 5.2.1: requests may say `no-cache`, `no-store`, `max-age`, `min-fresh`, `only-if-cached`. `max-stale` is ignored.
//!
//! Left out: ranges, heuristic freshness, `must-understand`, `stale-while-revalidate`, and freshening by HEAD.

pub mod date;
mod directives;
mod rules;
mod shelf;
mod stored;

pub use directives::Directives;
pub use rules::{Unstorable, Wish, forgets, lifetime_s, storable, wish};
pub use shelf::{Found, Shelf};
pub use stored::Stored;

use crate::Fields;

/// What a client asks for: a view of its request head.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method, as the client spelled it.
    pub method: &'a [u8],
    /// Where it is asked for.
    pub uri: Uri<'a>,
    /// The fields of the request.
    pub fields: Fields<'a>,
}

/// The first half of a cache's key (RFC 9111 2). Two of them are equal when every byte is.
///
/// Scheme, host and port belong to it: with the path alone, one site's answer would be served as another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uri<'a> {
    /// `http` or `https`.
    pub scheme: &'a [u8],
    /// The host, with its port where the client named one.
    pub host: &'a [u8],
    /// Path and query, unchanged.
    pub target: &'a [u8],
}

/// The head of an answer from upstream.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    /// The reason phrase, which may be empty.
    pub reason: &'a [u8],
    /// Its fields. Those that end at this hop may be among them: the cache keeps none of these.
    pub fields: Fields<'a>,
}

/// When an answer was asked for, and when its head came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When we sent the request: milliseconds on the proxy's own clock.
    pub asked_ms: u64,
    /// When the answer's head came, on the same clock.
    pub answered_ms: u64,
    /// When the answer's head came: seconds since 1970, which is what Date and Expires speak of.
    pub answered_unix_s: u64,
}

/// How much a cache may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheLimits {
    /// Bytes in all, with [`Stored::OVERHEAD`] for each entry. Default: 64 MiB. Reached: the least used goes.
    pub bytes: usize,
    /// Bytes in one entry. Default: 1 MiB. Reached: the answer is passed on and not kept.
    pub entry_bytes: usize,
    /// Into how many shards the entries are spread, each with a lock of its own. Default: 16. At least 1.
    pub shards: usize,
}

impl Default for CacheLimits {
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, entry_bytes: 1024 * 1024, shards: 16 }
    }
}

/// What a cache has done since it was made, and what it holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheCounts {
    /// Requests that a fresh entry answered.
    pub hits: u64,
    /// Fetches that began with nothing to show.
    pub misses: u64,
    /// Fetches that began with a stale entry, to ask whether it still holds.
    pub revalidations: u64,
    /// Requests that waited for somebody else's fetch.
    pub waits: u64,
    /// Answers that were put on a shelf.
    pub stored: u64,
    /// Entries that made room for others.
    pub evicted: u64,
    /// Entries now.
    pub entries: u64,
    /// Bytes now, with the overhead of each entry.
    pub bytes: u64,
    /// Fetches that run now.
    pub flights: u64,
}

/// What became of a fetch, for those who waited for it.
#[derive(Clone, Debug)]
pub enum Waited {
    /// The answer, fresh from upstream.
    Hit(std::sync::Arc<Stored>),
    /// Ask the cache again: the fetch was lost (cancelled, or it panicked), or its answer is for another variant.
    Again,
    /// The answer may not be shared: fetch on your own, without the cache, all of you at once.
    Alone,
}
