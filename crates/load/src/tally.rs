//! What came of the requests: counts, and a histogram of latencies.
//!
//! Owns the figures and their form as JSON.

use hdrhistogram::Histogram;
use std::fmt;
use std::time::Duration;

/// Latencies above an hour are counted as an hour.
const HOUR: u64 = 3_600_000_000_000;

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There was no connection.
    Connect,
    /// The connection ended before the response was whole.
    Cut,
    /// The system refused to read or to write, for example after a reset.
    Io,
    /// What came is no response.
    Malformed,
    /// The response is whole, and its status is 400 or above.
    Status,
    /// Nothing had come, or not all of it, when patience ended.
    Unanswered,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Connect, "connect"),
        (Self::Cut, "cut"),
        (Self::Io, "io"),
        (Self::Malformed, "malformed"),
        (Self::Status, "status"),
        (Self::Unanswered, "unanswered"),
    ];
}

/// The figures of one run. As text it is one line of JSON.
#[derive(Debug)]
pub struct Tally {
    /// The rate that was asked for; without one the loop was closed.
    pub rate: Option<f64>,
    /// From the end of the warm-up to the last answer, or to the end of the run if that came later.
    pub elapsed: Duration,
    /// Whole responses.
    pub requests: u64,
    /// Whole responses to requests of the warm-up, which count nowhere else.
    pub warm_up_requests: u64,
    /// Bytes of whole responses, heads and framing included.
    pub bytes: u64,
    errors: [u64; Kind::ALL.len()],
    /// In nanoseconds: of whole responses, and of what was still unanswered at the end.
    latency: Histogram<u64>,
}

impl Tally {
    /// Nothing counted yet.
    pub(crate) fn new(rate: Option<f64>) -> Self {
        let latency = Histogram::new_with_bounds(1, HOUR, 3).expect("three digits between 1 ns and an hour fit");
        Self {
            rate,
            elapsed: Duration::ZERO,
            requests: 0,
            warm_up_requests: 0,
            bytes: 0,
            errors: Default::default(),
            latency,
        }
    }

    /// How many requests failed in this way.
    #[must_use]
    pub fn errors(&self, kind: Kind) -> u64 {
        self.errors[kind as usize]
    }

    /// The latency, in nanoseconds, below which this part of the requests stayed.
    #[must_use]
    pub fn latency(&self, quantile: f64) -> u64 {
        self.latency.value_at_quantile(quantile)
    }

    pub(crate) fn whole(&mut self, latency: Duration, status: u16, bytes: u64) {
        self.requests += 1;
        self.bytes += bytes;
        self.record(latency);
        if status >= 400 {
            self.failed(Kind::Status);
        }
    }

    pub(crate) fn failed(&mut self, kind: Kind) {
        self.errors[kind as usize] += 1;
    }

    /// A request that waits still: how long it waited is the least that its latency would have been.
    pub(crate) fn unanswered(&mut self, waited: Duration) {
        self.failed(Kind::Unanswered);
        self.record(waited);
    }

    fn record(&mut self, latency: Duration) {
        self.latency.saturating_record(u64::try_from(latency.as_nanos()).unwrap_or(HOUR).clamp(1, HOUR));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        let mode = if self.rate.is_some() { "open" } else { "closed" };
        write!(to, "{{\"mode\":\"{mode}\",\"requests\":{}", self.requests)?;
        write!(to, ",\"warm_up_requests\":{},\"errors\":{{", self.warm_up_requests)?;
        for (number, (kind, name)) in Kind::ALL.into_iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(to, "{comma}\"{name}\":{}", self.errors(kind))?;
        }
        write!(to, "}},\"seconds\":{seconds:.6},\"bytes\":{}", self.bytes)?;
        let asked = self.rate.map_or("null".to_owned(), |rate| rate.to_string());
        let reached = if seconds > 0.0 { self.requests as f64 / seconds } else { 0.0 };
        write!(to, ",\"rate\":{{\"asked\":{asked},\"reached\":{reached:.1}}}")?;
        if self.latency.is_empty() {
            return write!(to, ",\"latency_us\":null}}");
        }
        let micro = |nanoseconds: u64| nanoseconds as f64 / 1e3;
        write!(to, ",\"latency_us\":{{\"min\":{:.1}", micro(self.latency.min()))?;
        for (name, quantile) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)] {
            write!(to, ",\"{name}\":{:.1}", micro(self.latency(quantile)))?;
        }
        write!(to, ",\"max\":{:.1},\"mean\":{:.1}}}}}", micro(self.latency.max()), self.latency.mean() / 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_one_line_of_json() {
        let mut tally = Tally::new(Some(2.5));
        assert!(tally.to_string().ends_with("\"reached\":0.0},\"latency_us\":null}"), "{tally}");
        tally.elapsed = Duration::from_secs(2);
        tally.whole(Duration::from_micros(100), 200, 30);
        tally.whole(Duration::from_micros(100), 500, 30);
        tally.unanswered(Duration::ZERO);
        assert_eq!(
            tally.to_string(),
            "{\"mode\":\"open\",\"requests\":2,\"warm_up_requests\":0,\"errors\":{\"connect\":0,\"cut\":0,\"io\":0,\
             \"malformed\":0,\"status\":1,\"unanswered\":1},\"seconds\":2.000000,\"bytes\":60,\
             \"rate\":{\"asked\":2.5,\"reached\":1.0},\"latency_us\":{\"min\":0.0,\"p50\":100.0,\"p90\":100.0,\
             \"p99\":100.0,\"p99.9\":100.0,\"max\":100.0,\"mean\":66.7}}"
        );
    }
}
