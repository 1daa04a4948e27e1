//! Part `request` for Python.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use wire::{Cut, Limits, Version};

use crate::error::parse_error;

type Pair<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>);

/// A request head that the part has parsed.
#[pyclass(frozen, module = "proxylings._native")]
pub(crate) struct RequestHead(wire::RequestHead);

#[pymethods]
impl RequestHead {
    /// The method, as the client spelled it.
    #[getter]
    fn method<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.method())
    }

    /// The request-target, as the client spelled it.
    #[getter]
    fn target<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.target())
    }

    /// "HTTP/1.0" or "HTTP/1.1".
    #[getter]
    fn version(&self) -> &'static str {
        match self.0.version() {
            Version::Http10 => "HTTP/1.0",
            Version::Http11 => "HTTP/1.1",
        }
    }

    /// The fields in order, each a name and a value.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> Vec<Pair<'py>> {
        self.0.fields().map(|(name, value)| (PyBytes::new(py, name), PyBytes::new(py, value))).collect()
    }
}

/// Cut the head off the front of `data`: the head and the rest, or None while the blank line is missing.
#[pyfunction]
pub(crate) fn request_cut<'py>(py: Python<'py>, data: &[u8]) -> PyResult<Option<Pair<'py>>> {
    match part_request::cut(data.to_vec(), &Limits::default()).map_err(parse_error)? {
        Cut::Complete { head, rest } => Ok(Some((PyBytes::new(py, &head), PyBytes::new(py, &rest)))),
        Cut::Partial(_) => Ok(None),
    }
}

/// Parse a complete request head.
#[pyfunction]
pub(crate) fn request_parse(data: &[u8]) -> PyResult<RequestHead> {
    parsed(data).map(RequestHead)
}

/// Parse `data`, hand the head on, and return the note that stays behind: the method and the target.
#[pyfunction]
pub(crate) fn request_hand_on(data: &[u8]) -> PyResult<(String, String)> {
    let note = part_request::hand_on(parsed(data)?).note;
    Ok((note.method, note.target))
}

/// Parse `data`, then return the buffer that serves the next request, given the bytes in `rest`.
#[pyfunction]
pub(crate) fn request_recycle<'py>(py: Python<'py>, data: &[u8], rest: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
    Ok(PyBytes::new(py, &part_request::recycle(parsed(data)?, rest.to_vec())))
}

fn parsed(data: &[u8]) -> PyResult<wire::RequestHead> {
    part_request::parse(data.to_vec(), &Limits::default()).map_err(parse_error)
}
