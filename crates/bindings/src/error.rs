//! Rust errors become the Python exceptions that `proxylings.errors` defines.

use std::fmt::Debug;

use pyo3::PyErr;
use wire::logline::LineError;

mod python {
    pyo3::import_exception!(proxylings.errors, CourseError);
    pyo3::import_exception!(proxylings.errors, ParseError);
}

/// A refused head, as `proxylings.errors.ParseError(message, fault, offset)`.
pub(crate) fn parse_error(error: wire::ParseError) -> PyErr {
    python::ParseError::new_err((error.fault.to_string(), name(error.fault), error.offset))
}

/// A log line that cannot be read, as `proxylings.errors.ParseError(message, fault, offset)`.
pub(crate) fn line_error(error: LineError) -> PyErr {
    python::ParseError::new_err((error.fault.to_string(), name(error.fault), error.offset))
}

/// The name of a fault without its payload: `HeadTooLong { limit: 64 }` is the fault "HeadTooLong".
pub(crate) fn name(fault: impl Debug) -> String {
    let fault = format!("{fault:?}");
    fault.split(' ').next().unwrap_or(&fault).to_owned()
}

/// A message with its remedy, as `proxylings.errors.CourseError(what, hint)`.
#[cfg(feature = "engine")]
pub(crate) fn course_error(text: &str) -> PyErr {
    let (what, hint) = text.split_once("\nhelp: ").unwrap_or((text, ""));
    python::CourseError::new_err((what.to_owned(), hint.to_owned()))
}
