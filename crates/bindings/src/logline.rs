//! Part `logline` for Python: the same log as dictionaries, as objects, and as one buffer for each column.
//!
//! A column is plain numbers, which numpy and pyarrow take as they are. Rust's own Arrow is left out: the crate
//! arrow-array alone costs 49 s of processor time to build, on every learner's machine.
//!
//! Whatever reads a whole log lets go of the GIL meanwhile. Only what makes Python objects has to hold it.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict};
use wire::Version;
use wire::logline::{Columns, Entry, LineError, RequestWords};

use crate::error::{line_error, name};

/// One entry of the access log. It keeps Rust's values; each property is converted when it is asked for.
#[pyclass(frozen, module = "proxylings._native")]
pub(crate) struct LogEntry(Entry<'static>);

#[pymethods]
impl LogEntry {
    /// Who asked, "192.0.2.7" or "2001:db8::7".
    #[getter]
    fn client(&self) -> String {
        self.0.client.to_string()
    }

    /// When, in seconds since the start of 1970, UTC.
    #[getter]
    fn time(&self) -> u64 {
        self.0.time
    }

    /// The method, as the client spelled it; None when no request could be read.
    #[getter]
    fn method<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        self.0.request.as_ref().map(|request| PyBytes::new(py, &request.method))
    }

    /// The request-target, as the client spelled it; None when no request could be read.
    #[getter]
    fn target<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        self.0.request.as_ref().map(|request| PyBytes::new(py, &request.target))
    }

    /// "HTTP/1.0" or "HTTP/1.1"; None when no request could be read.
    #[getter]
    fn version(&self) -> Option<&'static str> {
        self.0.request.as_ref().map(|request| version(request.version))
    }

    /// The status code of the answer.
    #[getter]
    fn status(&self) -> u16 {
        self.0.status
    }

    /// Bytes of the answer's body.
    #[getter]
    fn body_bytes(&self) -> u64 {
        self.0.body_bytes
    }

    /// The Referer field, if there was one.
    #[getter]
    fn referer<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        text(py, self.0.referer.as_deref())
    }

    /// The User-Agent field, if there was one.
    #[getter]
    fn user_agent<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        text(py, self.0.user_agent.as_deref())
    }

    /// Microseconds from the first byte of the request to the last byte of the answer.
    #[getter]
    fn took_us(&self) -> u64 {
        self.0.took_us
    }
}

/// A log as columns: each is one `bytes` of numbers in the machine's own order, which numpy.frombuffer reads.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct LogColumns {
    /// 16 bytes an entry, in network order; IPv4 as ::ffff:192.0.2.7.
    client: Py<PyBytes>,
    /// u64: seconds since the start of 1970, UTC.
    time: Py<PyBytes>,
    /// u16.
    status: Py<PyBytes>,
    /// u64: bytes of the body.
    body_bytes: Py<PyBytes>,
    /// u64: microseconds.
    took_us: Py<PyBytes>,
    /// The bytes of all request-targets, one after the other.
    target: Py<PyBytes>,
    /// u64, one more than there are entries: target i lies between offset i and offset i + 1.
    target_offsets: Py<PyBytes>,
    /// How many lines could not be read.
    unreadable: u64,
    /// The first unreadable lines: number of the line, message, name of the fault, offset.
    errors: Vec<(u64, String, String, usize)>,
}

impl LogColumns {
    /// One copy of each column into memory that Python owns. No object is made for an entry.
    fn new(py: Python<'_>, columns: &Columns) -> PyResult<Self> {
        let told =
            |(number, error): &(u64, LineError)| (*number, error.fault.to_string(), name(error.fault), error.offset);
        Ok(Self {
            client: buffer(py, &columns.client, |address| address)?,
            time: buffer(py, &columns.time, u64::to_ne_bytes)?,
            status: buffer(py, &columns.status, u16::to_ne_bytes)?,
            body_bytes: buffer(py, &columns.body_bytes, u64::to_ne_bytes)?,
            took_us: buffer(py, &columns.took_us, u64::to_ne_bytes)?,
            target: PyBytes::new(py, columns.target.as_bytes()).unbind(),
            target_offsets: buffer(py, columns.target.offsets(), u64::to_ne_bytes)?,
            unreadable: columns.unreadable,
            errors: columns.errors.iter().map(told).collect(),
        })
    }
}

/// What Python gives for one entry: a dictionary with the names of `LogEntry`'s properties.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Given {
    client: IpAddr,
    time: u64,
    method: Option<PyBackedBytes>,
    target: Option<PyBackedBytes>,
    version: Option<String>,
    status: u16,
    body_bytes: u64,
    referer: Option<PyBackedBytes>,
    user_agent: Option<PyBackedBytes>,
    took_us: u64,
}

impl Given {
    /// A view of what Python owns. Without a method or a target there is no request.
    fn entry(&self) -> Entry<'_> {
        let version = if self.version.as_deref() == Some("HTTP/1.0") { Version::Http10 } else { Version::Http11 };
        let words = self.method.as_ref().zip(self.target.as_ref());
        Entry {
            client: self.client,
            time: self.time,
            request: words.map(|(method, target)| RequestWords { method: view(method), target: view(target), version }),
            status: self.status,
            body_bytes: self.body_bytes,
            referer: self.referer.as_ref().map(view),
            user_agent: self.user_agent.as_ref().map(view),
            took_us: self.took_us,
        }
    }
}

/// Write one entry as a line of the access log, its LF included.
#[pyfunction]
pub(crate) fn logline_write<'py>(py: Python<'py>, entry: Given) -> Bound<'py, PyBytes> {
    let mut line = Vec::with_capacity(256);
    part_logline::write(&entry.entry(), &mut line);
    PyBytes::new(py, &line)
}

/// Read one line.
#[pyfunction]
pub(crate) fn logline_parse(line: &[u8]) -> PyResult<LogEntry> {
    part_logline::parse(line).map(|entry| LogEntry(entry.into_owned())).map_err(line_error)
}

/// Every readable line as a dictionary of Python objects.
#[pyfunction]
pub(crate) fn logline_dicts<'py>(py: Python<'py>, log: &[u8]) -> PyResult<Vec<Bound<'py, PyDict>>> {
    part_logline::rows(log).filter_map(|(_, row)| row.ok()).map(|entry| dictionary(py, &entry)).collect()
}

/// Every readable line as an object, which converts what it is asked for.
#[pyfunction]
pub(crate) fn logline_objects(py: Python<'_>, log: &[u8]) -> Vec<LogEntry> {
    let owned = |(_, row): (_, Result<Entry<'_>, _>)| row.ok().map(|entry| LogEntry(entry.into_owned()));
    py.detach(|| part_logline::rows(log).filter_map(owned).collect())
}

/// The whole log as columns.
#[pyfunction]
pub(crate) fn logline_columns(py: Python<'_>, log: &[u8]) -> PyResult<LogColumns> {
    LogColumns::new(py, &py.detach(|| part_logline::columns(log)))
}

/// The log in the file `path` as columns; the file's bytes never become a Python object.
#[pyfunction]
pub(crate) fn logline_columns_of_file(py: Python<'_>, path: PathBuf) -> PyResult<LogColumns> {
    let columns = py.detach(|| std::fs::read(path).map(|log| part_logline::columns(&log)))?;
    LogColumns::new(py, &columns)
}

fn dictionary<'py>(py: Python<'py>, entry: &Entry<'_>) -> PyResult<Bound<'py, PyDict>> {
    let request = entry.request.as_ref();
    let dictionary = PyDict::new(py);
    dictionary.set_item(intern!(py, "client"), entry.client.to_string())?;
    dictionary.set_item(intern!(py, "time"), entry.time)?;
    dictionary.set_item(intern!(py, "method"), request.map(|request| PyBytes::new(py, &request.method)))?;
    dictionary.set_item(intern!(py, "target"), request.map(|request| PyBytes::new(py, &request.target)))?;
    dictionary.set_item(intern!(py, "version"), request.map(|request| version(request.version)))?;
    dictionary.set_item(intern!(py, "status"), entry.status)?;
    dictionary.set_item(intern!(py, "body_bytes"), entry.body_bytes)?;
    dictionary.set_item(intern!(py, "referer"), text(py, entry.referer.as_deref()))?;
    dictionary.set_item(intern!(py, "user_agent"), text(py, entry.user_agent.as_deref()))?;
    dictionary.set_item(intern!(py, "took_us"), entry.took_us)?;
    Ok(dictionary)
}

/// The numbers of one column, written straight into a new `bytes`.
fn buffer<T: Copy, const N: usize>(
    py: Python<'_>,
    values: &[T],
    to_bytes: impl Fn(T) -> [u8; N],
) -> PyResult<Py<PyBytes>> {
    let filled = PyBytes::new_with(py, values.len() * N, |buffer| {
        for (place, value) in buffer.chunks_exact_mut(N).zip(values) {
            place.copy_from_slice(&to_bytes(*value));
        }
        Ok(())
    })?;
    Ok(filled.unbind())
}

fn text<'py>(py: Python<'py>, text: Option<&[u8]>) -> Option<Bound<'py, PyBytes>> {
    text.map(|text| PyBytes::new(py, text))
}

fn view(bytes: &PyBackedBytes) -> Cow<'_, [u8]> {
    Cow::Borrowed(bytes)
}

fn version(version: Version) -> &'static str {
    match version {
        Version::Http10 => "HTTP/1.0",
        Version::Http11 => "HTTP/1.1",
    }
}
