//! The words of a migration: an old proxy and a new one side by side, and traffic that moves from one to the other.
//!
//! Owns the vocabulary of part 13, a hash that gives the same number on every machine and in every version of Rust,
//! and the tallies that both sides are measured with. Leaves out every decision, which is the part, and the clock:
//! times are milliseconds on a clock that never goes back.

use crate::Fields;
use std::fmt;
use std::num::NonZeroU32;

/// One of the two proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that has served so far.
    Old,
    /// The one that is to take over.
    New,
}

/// A part of ten thousand: a share of the traffic, of the errors, of the answers that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u16);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Everything.
    pub const ALL: Self = Self(10_000);

    /// So many of ten thousand; `None` when they are more than ten thousand.
    #[must_use]
    pub const fn of_ten_thousand(parts: u16) -> Option<Self> {
        if parts <= Self::ALL.0 { Some(Self(parts)) } else { None }
    }

    /// So many percent; `None` when they are more than a hundred.
    #[must_use]
    pub const fn percent(percent: u8) -> Option<Self> {
        if percent <= 100 { Some(Self(percent as u16 * 100)) } else { None }
    }

    /// How often something happened, rounded up: once in a million times is not never.
    #[must_use]
    pub fn of(happened: u32, times: u32) -> Self {
        let parts = (u64::from(happened) * 10_000).div_ceil(u64::from(times.max(1)));
        Self(u16::try_from(parts).map_or(Self::ALL.0, |parts| parts.min(Self::ALL.0)))
    }

    /// Parts of ten thousand, 0 to 10,000.
    #[must_use]
    pub const fn parts(self) -> u16 {
        self.0
    }

    /// Both together, and no more than everything.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).min(Self::ALL.0))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02} %", self.0 / 100, self.0 % 100)
    }
}

/// A hash of `key`: FNV-1a, and a last stir by which every bit of the key reaches every bit of the number.
///
/// It is not the standard library's, which may change with each version of Rust: then every client would change
/// sides on the day of an update. `salt` belongs to one migration, so that it is not always the same clients who
/// meet every novelty first. Not for secrets: whoever knows the salt can make a key for any number.
#[must_use]
pub fn stable_hash(salt: u64, key: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ salt;
    for &byte in key {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// What is kept of a body that passes by: two bodies with the same digest are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyDigest {
    /// Its length in bytes.
    pub length: u64,
    /// A hash of its bytes (FNV-1a).
    pub hash: u64,
}

impl BodyDigest {
    /// The digest of no bytes.
    #[must_use]
    pub const fn new() -> Self {
        Self { length: 0, hash: 0xcbf2_9ce4_8422_2325 }
    }

    /// Adds the next piece. Where the pieces end does not matter.
    pub fn add(&mut self, piece: &[u8]) {
        self.length += piece.len() as u64;
        for &byte in piece {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

impl Default for BodyDigest {
    fn default() -> Self {
        Self::new()
    }
}

/// What one proxy answered.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'a> {
    /// The status code.
    pub status: u16,
    /// The fields, in order.
    pub fields: Fields<'a>,
    /// The body.
    pub body: BodyDigest,
}

/// One way in which two answers to the same request differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// The status codes.
    Status {
        /// The old proxy's.
        old: u16,
        /// The new proxy's.
        new: u16,
    },
    /// The values of one field, in order; a side without the field has none.
    Field {
        /// Its name, as the first who has it spells it.
        name: &'a [u8],
        /// The old proxy's values.
        old: Vec<&'a [u8]>,
        /// The new proxy's values.
        new: Vec<&'a [u8]>,
    },
    /// The lengths of the bodies.
    Length {
        /// The old proxy's, in bytes.
        old: u64,
        /// The new proxy's, in bytes.
        new: u64,
    },
    /// The bytes of two bodies of the same length.
    Body,
}

/// Fields that may differ between two good answers: they tell of the time, of the way, or of one connection.
pub const IGNORED: &[&str] = &["Age", "Connection", "Date", "Keep-Alive", "Transfer-Encoding", "Via"];

/// What the new proxy cannot do yet. The request goes to the old one, and that is not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported(
    /// What it was, in words for the log.
    pub &'static str,
);

/// Who gave an answer, and what kept the new proxy from giving it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    /// The answer.
    pub answer: T,
    /// Whose it is: the requests of each side are measured by this.
    pub by: Side,
    /// The reason, when the new proxy was asked and could not.
    pub fell_back: Option<Unsupported>,
}

/// When a new proxy is too bad to go on, and how long it must be good to go further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Requests of each side (answers compared, in the shadow) before anything is judged.
    pub least: NonZeroU32,
    /// How many more errors than the old proxy the new one may give.
    pub more_errors: Share,
    /// How much slower the new proxy may be, in percent of the old one's time. 50 allows 150 ms against 100 ms.
    pub slower_percent: u16,
    /// How many answers may differ in the shadow.
    pub differences: Share,
    /// How long a stage lasts at least, in milliseconds.
    pub hold_ms: u64,
}

/// The shares of one migration, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps(Vec<Share>);

impl Steps {
    /// Growing shares that end with everything.
    ///
    /// # Errors
    /// They do not.
    pub fn new(shares: Vec<Share>) -> Result<Self, StepsError> {
        if let Some(pair) = shares.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(StepsError::NotGrowing { before: pair[0], after: pair[1] });
        }
        match shares.first() {
            Some(&Share::NONE) => Err(StepsError::NotGrowing { before: Share::NONE, after: Share::NONE }),
            _ if shares.last() != Some(&Share::ALL) => Err(StepsError::NotAll),
            _ => Ok(Self(shares)),
        }
    }

    /// The share of a step, counted from 0; `None` after the last one.
    #[must_use]
    pub fn share(&self, step: usize) -> Option<Share> {
        self.0.get(step).copied()
    }
}

/// Why some shares are no steps of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepsError {
    /// A share is not larger than the one before it (or than nothing).
    NotGrowing {
        /// The one before.
        before: Share,
        /// The one that should be larger.
        after: Share,
    },
    /// The last share is not everything, so the migration would have no end.
    NotAll,
}

impl fmt::Display for StepsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StepsError::NotGrowing { before, after } => {
                write!(f, "the share {after} does not grow from {before}: give each step a larger share")
            }
            StepsError::NotAll => f.write_str("the last share is not 100 %: end with everything"),
        }
    }
}

impl std::error::Error for StepsError {}

/// How far a migration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The old proxy answers everything; the new one gets copies, and its answers are compared and thrown away.
    Shadow {
        /// Since when, in milliseconds.
        since_ms: u64,
    },
    /// The new proxy answers a share of the clients.
    Canary {
        /// Which step, counted from 0.
        step: usize,
        /// The share of this step.
        share: Share,
        /// Since when, in milliseconds.
        since_ms: u64,
    },
    /// The new proxy has taken over.
    Complete,
    /// The old proxy answers everything again, until somebody begins anew.
    RolledBack {
        /// The share that the new proxy had.
        share: Share,
        /// What was wrong.
        why: Why,
        /// When, in milliseconds.
        at_ms: u64,
    },
}

/// Why a migration was rolled back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Too many answers differed in the shadow.
    Differs {
        /// How many did.
        share: Share,
    },
    /// The new proxy gave too many errors.
    Errors {
        /// The old proxy's share of errors.
        old: Share,
        /// The new proxy's.
        new: Share,
    },
    /// The new proxy was too slow. Both times are those that 95 % of the requests stayed below.
    Slower {
        /// The old proxy's, in microseconds.
        old_us: u64,
        /// The new proxy's, in microseconds.
        new_us: u64,
    },
    /// An operator said so.
    Asked,
}

/// What the measurements say about a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Too few requests to say anything.
    TooEarly,
    /// Nothing speaks against going on.
    Good,
    /// The new proxy is worse than it may be.
    Bad(Why),
}

/// Buckets for each power of two of a time: neighbours differ by an eighth at most.
const FINE: usize = 8;
/// Times from 2^40 µs, twelve days, share the last bucket.
const BUCKETS: usize = 39 * FINE;

/// What one side did during one stage: requests, errors, and how long they took.
#[derive(Clone, Debug)]
pub struct Tally {
    requests: u32,
    errors: u32,
    took: Box<[u32; BUCKETS]>,
}

impl Tally {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { requests: 0, errors: 0, took: Box::new([0; BUCKETS]) }
    }

    /// One more request. A tally that is full stays as it is.
    pub fn add(&mut self, ok: bool, took_us: u64) {
        if let Some(requests) = self.requests.checked_add(1) {
            self.requests = requests;
            self.errors += u32::from(!ok);
            self.took[bucket_of(took_us)] += 1;
        }
    }

    /// How many requests there were.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// How many of them were errors.
    #[must_use]
    pub fn errors(&self) -> Share {
        Share::of(self.errors, self.requests)
    }

    /// The time in microseconds that 95 % of the requests stayed below, within an eighth; 0 without a request. It is
    /// never more than 2^42, so that a multiple of it is a u64 still.
    #[must_use]
    pub fn p95_us(&self) -> u64 {
        let wanted = (u64::from(self.requests) * 95).div_ceil(100);
        let mut seen = 0;
        for (bucket, &count) in self.took.iter().enumerate() {
            seen += u64::from(count);
            if seen >= wanted && seen > 0 {
                return ceiling_of(bucket);
            }
        }
        0
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self::new()
    }
}

/// Below 8 µs, each microsecond has its bucket; from there on, each power of two has eight.
fn bucket_of(took_us: u64) -> usize {
    if took_us < FINE as u64 {
        return took_us as usize;
    }
    let power = took_us.ilog2() as usize;
    let eighth = (took_us >> (power - 3)) as usize - FINE;
    ((power - 2) * FINE + eighth).min(BUCKETS - 1)
}

/// The largest time of a bucket.
fn ceiling_of(bucket: usize) -> u64 {
    if bucket < FINE {
        return bucket as u64;
    }
    let power = bucket / FINE + 2;
    ((FINE + bucket % FINE + 1) as u64) << (power - 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_its_times_and_is_not_wide() {
        for took_us in (0..5_000).chain([1 << 20, (1 << 30) + 12_345, 1 << 39]) {
            let bucket = bucket_of(took_us);
            let ceiling = ceiling_of(bucket);
            assert!(took_us <= ceiling, "{took_us} in bucket {bucket} up to {ceiling}");
            assert!(ceiling <= took_us + took_us / 8 + 1, "{took_us} in bucket {bucket} up to {ceiling}");
            assert!(bucket == 0 || ceiling_of(bucket - 1) <= took_us, "{took_us} fits into the bucket before {bucket}");
        }
        assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn shares_round_up_and_stay_within_everything() {
        for (happened, times, parts) in
            [(0, 0, 0), (0, 9, 0), (1, 1_000_000, 1), (1, 3, 3_334), (9, 9, 10_000), (9, 1, 10_000)]
        {
            assert_eq!(Share::of(happened, times).parts(), parts, "{happened} of {times}");
        }
        assert_eq!(Share::ALL.plus(Share::ALL), Share::ALL);
        assert_eq!(Share::percent(101), None);
        assert_eq!(Share::percent(5).map(|share| share.to_string()), Some("5.00 %".to_owned()));
    }

    #[test]
    fn steps_grow_and_end_with_everything() {
        let steps = |parts: &[u16]| Steps::new(parts.iter().filter_map(|&part| Share::of_ten_thousand(part)).collect());
        assert!(steps(&[100, 5_000, 10_000]).is_ok());
        for (bad, words) in [
            (&[][..], "100 %"),
            (&[100], "100 %"),
            (&[0, 10_000], "does not grow"),
            (&[100, 100, 10_000], "does not grow"),
        ] {
            let got = steps(bad).map_err(|error| error.to_string());
            assert!(got.as_ref().is_err_and(|text| text.contains(words)), "{bad:?}: {got:?}");
        }
    }

    #[test]
    fn a_digest_does_not_depend_on_the_pieces() {
        let (mut whole, mut pieces) = (BodyDigest::new(), BodyDigest::new());
        whole.add(b"hello");
        pieces.add(b"hel");
        pieces.add(b"lo");
        assert_eq!(whole, pieces);
        pieces.add(b"\0");
        assert_ne!(whole, pieces);
    }
}
