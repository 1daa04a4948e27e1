//! What the proxy counts while it runs.
//!
//! Owns the counters; every connection adds to them without a lock. Leaves out how they are shown (see `admin`).

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Upper bounds of the latency buckets, in microseconds. What takes longer is in the total only.
pub(crate) const BOUNDS_US: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    5_000_000, 10_000_000,
];

/// The counters of one server.
///
/// `Relaxed` is enough everywhere: each number stands for itself, and nobody reads other memory because of one.
#[derive(Debug)]
pub(crate) struct Metrics {
    started: Instant,
    accepted: AtomicU64,
    closed: AtomicU64,
    dialled: AtomicU64,
    /// By the first digit of the status: index 1 to 5.
    answered: [AtomicU64; 6],
    refused: AtomicU64,
    request_bytes: AtomicU64,
    response_bytes: AtomicU64,
    took_us: AtomicU64,
    buckets: [AtomicU64; BOUNDS_US.len()],
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            accepted: AtomicU64::default(),
            closed: AtomicU64::default(),
            dialled: AtomicU64::default(),
            answered: Default::default(),
            refused: AtomicU64::default(),
            request_bytes: AtomicU64::default(),
            response_bytes: AtomicU64::default(),
            took_us: AtomicU64::default(),
            buckets: Default::default(),
        }
    }

    pub(crate) fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// A client has connected. It is gone when the value that comes back is dropped, by a panic, too.
    pub(crate) fn client(&self) -> OpenClient<'_> {
        OpenClient { number: self.accepted.fetch_add(1, Relaxed) + 1, metrics: self }
    }

    /// The number of a new connection to a server, from 1.
    pub(crate) fn link(&self) -> u64 {
        self.dialled.fetch_add(1, Relaxed) + 1
    }

    /// A request has got its answer.
    pub(crate) fn finished(&self, status: u16, request_bytes: u64, response_bytes: u64, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.answered[usize::from(status / 100).min(5)].fetch_add(1, Relaxed);
        self.request_bytes.fetch_add(request_bytes, Relaxed);
        self.response_bytes.fetch_add(response_bytes, Relaxed);
        self.took_us.fetch_add(micros, Relaxed);
        if let Some(bucket) = self.buckets.get(BOUNDS_US.partition_point(|&bound| bound < micros)) {
            bucket.fetch_add(1, Relaxed);
        }
    }

    /// A head was refused, and never became a request.
    pub(crate) fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }

    /// The numbers as they are now. They are read one after the other, so two of them may be a moment apart.
    pub(crate) fn read(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Relaxed);
        let closed = read(&self.closed);
        let accepted = read(&self.accepted);
        Counts {
            accepted,
            open: accepted.saturating_sub(closed),
            answered: self.answered.each_ref().map(read),
            refused: read(&self.refused),
            request_bytes: read(&self.request_bytes),
            response_bytes: read(&self.response_bytes),
            took_us: read(&self.took_us),
            buckets: self.buckets.each_ref().map(read),
        }
    }
}

/// A client that is connected.
#[derive(Debug)]
pub(crate) struct OpenClient<'a> {
    /// The number of its connection, from 1.
    pub(crate) number: u64,
    metrics: &'a Metrics,
}

impl Drop for OpenClient<'_> {
    fn drop(&mut self) {
        self.metrics.closed.fetch_add(1, Relaxed);
    }
}

/// What has been counted so far.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    /// Clients that have connected.
    pub(crate) accepted: u64,
    /// Clients that are connected.
    pub(crate) open: u64,
    /// Requests with an answer, by the first digit of its status.
    pub(crate) answered: [u64; 6],
    /// Heads that never became a request.
    pub(crate) refused: u64,
    /// Body bytes from clients.
    pub(crate) request_bytes: u64,
    /// Body bytes to clients.
    pub(crate) response_bytes: u64,
    /// Time from a whole head to the end of its answer, all requests together, in microseconds.
    pub(crate) took_us: u64,
    /// Requests by the time that they took; see [`BOUNDS_US`].
    pub(crate) buckets: [u64; BOUNDS_US.len()],
}

impl Counts {
    /// Requests with an answer.
    pub(crate) fn requests(&self) -> u64 {
        self.answered.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_counted_by_its_status_its_bytes_and_its_time() {
        let metrics = Metrics::new();
        metrics.finished(204, 3, 0, Duration::from_micros(100));
        metrics.finished(404, 0, 7, Duration::from_micros(101));
        metrics.finished(502, 0, 7, Duration::from_secs(60));
        let counts = metrics.read();
        assert_eq!(counts.answered, [0, 0, 1, 0, 1, 1]);
        assert_eq!((counts.request_bytes, counts.response_bytes, counts.requests()), (3, 14, 3));
        assert_eq!(counts.buckets[..3], [1, 1, 0], "a bound belongs to its own bucket");
        assert_eq!(counts.buckets.iter().sum::<u64>(), 2, "a minute is over every bound");
    }

    #[test]
    fn a_client_is_open_until_it_is_dropped() {
        let metrics = Metrics::new();
        let first = metrics.client();
        assert_eq!((first.number, metrics.client().number), (1, 2));
        assert_eq!((metrics.read().accepted, metrics.read().open), (2, 1));
        drop(first);
        assert_eq!(metrics.read().open, 0);
    }
}
