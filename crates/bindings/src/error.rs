//! Rust errors become the Python exceptions that `proxylings.errors` defines.

use pyo3::PyErr;

mod python {
    pyo3::import_exception!(proxylings.errors, ParseError);
}

/// A refused head, as `proxylings.errors.ParseError(message, fault, offset)`.
pub(crate) fn parse_error(error: wire::ParseError) -> PyErr {
    // The variant's name without its payload: `HeadTooLong { limit: 64 }` is the fault "HeadTooLong".
    let fault = format!("{:?}", error.fault);
    let name = fault.split(' ').next().unwrap_or(&fault).to_owned();
    python::ParseError::new_err((error.fault.to_string(), name, error.offset))
}
