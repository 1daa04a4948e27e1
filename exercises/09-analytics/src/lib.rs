//! Part 09, `analytics`: what a million log lines say, counted on all processors.
//!
//! Threads that share one counter wait for each other. Here nobody shares: each thread counts its own pieces of the log
//! in a tally of its own, and tallies are merged when the pieces are done:
//!
//! ```text
//!        +-> piece, piece, … -> count -> Tally -+
//! log -> +-> piece, piece, … -> count -> Tally -+-> merge -> report
//!        +-> piece, piece, … -> count -> Tally -+
//! ```
//!
//! The log is lent to all threads at once, which is safe because none of them changes it. How a line is read is not known
//! here: the caller brings the reader. What a tally counts is scaffolding; your work is to divide and to merge.

#![allow(unused)] // delete this line when your last todo!() is gone

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use hdrhistogram::Histogram;
use rayon::prelude::*;
use wire::analytics::{Latency, Report, Row};

/// Bytes in a piece, or a little more: small enough that every thread gets many, so that none is left without work.
pub const PIECE: usize = 64 * 1024;

/// Divides the log into pieces of at least `size` bytes, each of which ends with a line. Only the last may be shorter.
///
/// No byte is copied: the pieces are views of the log, and no byte is in two of them.
pub fn pieces(log: &[u8], size: usize) -> Vec<&[u8]> {
    let mut pieces: Vec<&[u8]> = Vec::new();
    let mut rest = log;
    todo!("while bytes are left, split the rest behind the first line end at or after size bytes, and keep the piece")
}

/// Counts the lines of one piece into `tally`, and hands it on.
pub fn count(mut tally: Tally, piece: &[u8], read: impl Fn(&[u8]) -> Option<Row>) -> Tally {
    todo!("read every line of the piece that is not empty, add the row to the tally, and give the tally back")
}

/// What is known of some lines. It has one owner at any moment, so it needs no lock.
#[derive(Clone, Debug)]
pub struct Tally {
    requests: u64,
    unreadable: u64,
    body_bytes: u64,
    slowest: u64,
    statuses: HashMap<u16, u64>,
    clients: HashMap<IpAddr, u64>,
    /// Microseconds. It grows with the slowest request, and never with the number of requests.
    took: Histogram<u64>,
}

impl Tally {
    /// One line more: its row, or `None` when it could not be read.
    pub fn add(&mut self, row: Option<Row>) {
        let Some(row) = row else {
            self.unreadable += 1;
            return;
        };
        self.requests += 1;
        self.body_bytes = self.body_bytes.saturating_add(row.body_bytes);
        self.slowest = self.slowest.max(row.took_us);
        *self.statuses.entry(row.status).or_default() += 1;
        *self.clients.entry(row.client).or_default() += 1;
        self.took.record(row.took_us).expect("the histogram grows to any number of microseconds");
    }

    /// Both tallies as one. Which of them comes first makes no difference.
    pub fn merge(mut self, other: Tally) -> Tally {
        todo!("bring every field of other into self: sums of numbers, the larger of the slowest, sums(…) of the maps")
    }

    /// What the tally says, with the `top` clients that sent most.
    pub fn report(self, top: usize) -> Report {
        Report {
            requests: self.requests,
            unreadable: self.unreadable,
            body_bytes: self.body_bytes,
            latency: latency(&self.took, self.slowest),
            statuses: self.statuses.into_iter().collect(),
            clients: most(self.clients, top),
        }
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            requests: 0,
            unreadable: 0,
            body_bytes: 0,
            slowest: 0,
            statuses: HashMap::new(),
            clients: HashMap::new(),
            took: Histogram::new(3).expect("three digits are within what a histogram can keep"),
        }
    }
}

/// What the lines of `log` say, with the `top` clients that sent most. All processors read at once.
///
/// `read` makes a row of a line (which has no line end), or `None` when it cannot: the line is counted as unreadable.
/// Empty lines are no lines.
pub fn analyse(log: &[u8], read: impl Fn(&[u8]) -> Option<Row> + Sync, top: usize) -> Report {
    let pieces = pieces(log, PIECE);
    todo!("fold the pieces in parallel, each thread into a tally of its own; reduce the tallies to one, and report")
}

/// Two maps of counts as one: the smaller is counted into the larger.
fn sums<K: Eq + Hash>(one: HashMap<K, u64>, other: HashMap<K, u64>) -> HashMap<K, u64> {
    let (mut large, small) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    for (key, count) in small {
        *large.entry(key).or_default() += count;
    }
    large
}

fn latency(took: &Histogram<u64>, slowest: u64) -> Latency {
    // The histogram gives the upper end of what it cannot tell apart; nothing took longer than the slowest request.
    let within = |share| took.value_at_quantile(share).min(slowest);
    let mut buckets: Vec<(u64, u64)> =
        took.iter_log(2, 2.0).map(|step| (step.value_iterated_to(), step.count_since_last_iteration())).collect();
    while buckets.last().is_some_and(|(_, count)| *count == 0) {
        buckets.pop();
    }
    Latency {
        p50_us: within(0.5),
        p90_us: within(0.9),
        p99_us: within(0.99),
        p999_us: within(0.999),
        max_us: slowest,
        buckets,
    }
}

fn most(clients: HashMap<IpAddr, u64>, top: usize) -> Vec<(IpAddr, u64)> {
    let order = |one: &(IpAddr, u64), other: &(IpAddr, u64)| other.1.cmp(&one.1).then(one.0.cmp(&other.0));
    let mut clients: Vec<(IpAddr, u64)> = clients.into_iter().collect();
    if top < clients.len() {
        clients.select_nth_unstable_by(top, order);
        clients.truncate(top);
    }
    clients.sort_unstable_by(order);
    clients
}
