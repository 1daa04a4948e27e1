//! The vocabulary of log analysis: what is counted of one line, and what is told of a whole log.
//!
//! Owns no reader of lines: whoever asks for an analysis brings one that makes a [`Row`] of a line.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// What the analysis needs of one line. It is `Copy` and borrows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who asked.
    pub client: IpAddr,
    /// The status code of the answer.
    pub status: u16,
    /// Bytes of the answer's body.
    pub body_bytes: u64,
    /// How long the request took, in microseconds.
    pub took_us: u64,
}

/// What a log says. It depends on the lines of the log only: not on their order, and not on how the work was divided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines that could be read.
    pub requests: u64,
    /// Lines that could not be read. Nothing else counts them.
    pub unreadable: u64,
    /// Bytes of all bodies; `u64::MAX` when there are more.
    pub body_bytes: u64,
    /// How many requests got each status code.
    pub statuses: BTreeMap<u16, u64>,
    /// How long requests took.
    pub latency: Latency,
    /// The clients with the most requests, and how many each of them sent: the most first, equals by address.
    pub clients: Vec<(IpAddr, u64)>,
}

/// How long requests took, in microseconds; all zero when there is none.
///
/// A quantile is the time within which that share of the requests was answered (nearest rank). Quantiles and buckets
/// are kept to three digits: a quantile is at most 0.1 % higher than the exact one, and never lower.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latency {
    /// Half of the requests.
    pub p50_us: u64,
    /// Nine of ten.
    pub p90_us: u64,
    /// 99 of a hundred.
    pub p99_us: u64,
    /// 999 of a thousand.
    pub p999_us: u64,
    /// The slowest request, exactly.
    pub max_us: u64,
    /// Doubling buckets for a picture: how many requests took up to so many microseconds, and more than the bucket before.
    /// The first bucket ends at 1 (so it holds 0, too), the others at 3, 7, 15, …; the last one holds the slowest request.
    pub buckets: Vec<(u64, u64)>,
}
