//! Part `analytics` for Python. It brings the two parts together: `logline` reads each line, `analytics` counts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use wire::analytics::{Report, Row};

/// What a log says. Times are in microseconds.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct LogReport {
    /// Lines that could be read.
    requests: u64,
    /// Lines that could not.
    unreadable: u64,
    /// Bytes of all bodies.
    body_bytes: u64,
    /// How many requests got each status code.
    statuses: BTreeMap<u16, u64>,
    /// The time within which 50 %, 90 %, 99 % and 99.9 % were answered, and the slowest.
    latency: (u64, u64, u64, u64, u64),
    /// Doubling buckets: the last microsecond of each, and how many requests it holds.
    buckets: Vec<(u64, u64)>,
    /// The clients that sent most, with the number of their requests.
    clients: Vec<(String, u64)>,
}

impl From<Report> for LogReport {
    fn from(report: Report) -> Self {
        let latency = report.latency;
        Self {
            requests: report.requests,
            unreadable: report.unreadable,
            body_bytes: report.body_bytes,
            statuses: report.statuses,
            latency: (latency.p50_us, latency.p90_us, latency.p99_us, latency.p999_us, latency.max_us),
            buckets: latency.buckets,
            clients: report.clients.into_iter().map(|(client, number)| (client.to_string(), number)).collect(),
        }
    }
}

/// What the log says; `threads` read it, or one for each processor when it is 0.
#[pyfunction]
#[pyo3(signature = (log, top = 10, threads = 0))]
pub(crate) fn analytics_report(py: Python<'_>, log: &[u8], top: usize, threads: usize) -> PyResult<LogReport> {
    py.detach(|| report(log, top, threads))
}

/// What the log in the file `path` says; the file's bytes never become a Python object.
#[pyfunction]
#[pyo3(signature = (path, top = 10, threads = 0))]
pub(crate) fn analytics_report_of_file(
    py: Python<'_>,
    path: PathBuf,
    top: usize,
    threads: usize,
) -> PyResult<LogReport> {
    py.detach(|| report(&std::fs::read(path)?, top, threads))
}

fn report(log: &[u8], top: usize, threads: usize) -> PyResult<LogReport> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| PyValueError::new_err(format!("{threads} threads can't be started: {error}")))?;
    Ok(pool.install(|| part_analytics::analyse(log, row, top)).into())
}

/// What the analysis needs of a line.
fn row(line: &[u8]) -> Option<Row> {
    let entry = part_logline::parse(line).ok()?;
    Some(Row { client: entry.client, status: entry.status, body_bytes: entry.body_bytes, took_us: entry.took_us })
}
