//! Part `headers` for Python: fields come as pairs of bytes, and what is found goes back as copies.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use wire::{FieldLines, Framing, FramingFault, Known, Version};

use crate::error::{name as fault_name, parse_error};

/// Names and values, each pair a list or a tuple.
type Given = Vec<[Vec<u8>; 2]>;

type Pair<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>);

/// What a framing is called, its length, and the Content-Length that goes on; or the fault and its message.
type Judged = (Option<(&'static str, Option<u64>, Option<u64>)>, Option<(String, String)>);

/// The value of the first field called `name`.
#[pyfunction]
pub(crate) fn headers_find<'py>(py: Python<'py>, fields: Given, name: &str) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let lines = lines(&fields)?;
    Ok(part_headers::find(lines.as_fields(), name).map(|value| PyBytes::new(py, value)))
}

/// The elements of a list field, over all its lines; None when the proxy does not know the name.
#[pyfunction]
pub(crate) fn headers_elements<'py>(
    py: Python<'py>,
    fields: Given,
    name: &str,
) -> PyResult<Option<Vec<Bound<'py, PyBytes>>>> {
    let lines = lines(&fields)?;
    let Some(known) = Known::of(name.as_bytes()) else {
        return Ok(None);
    };
    Ok(Some(part_headers::elements(lines.as_fields(), known).map(|element| PyBytes::new(py, element)).collect()))
}

/// What Connection says: close, keep-alive, upgrade.
#[pyfunction]
pub(crate) fn headers_connection(fields: Given) -> PyResult<(bool, bool, bool)> {
    let options = part_headers::connection(lines(&fields)?.as_fields());
    Ok((options.close, options.keep_alive, options.upgrade))
}

/// The fields that travel on, in their order.
#[pyfunction]
pub(crate) fn headers_end_to_end(py: Python<'_>, fields: Given) -> PyResult<Vec<Pair<'_>>> {
    let lines = lines(&fields)?;
    let kept = part_headers::end_to_end(lines.as_fields());
    Ok(kept.map(|field| (PyBytes::new(py, field.name), PyBytes::new(py, field.value))).collect())
}

/// Where the body of a request ends.
#[pyfunction]
pub(crate) fn headers_request_framing(fields: Given, is_http10: bool) -> PyResult<Judged> {
    let framing = part_headers::request_framing(lines(&fields)?.as_fields(), version(is_http10));
    Ok(judged(framing.map(|framing| (framing, None))))
}

/// Where the body of a response ends.
#[pyfunction]
pub(crate) fn headers_response_framing(
    fields: Given,
    is_http10: bool,
    status: u16,
    answers_head: bool,
) -> PyResult<Judged> {
    let lines = lines(&fields)?;
    let framing = part_headers::response_framing(lines.as_fields(), version(is_http10), status, answers_head);
    Ok(judged(framing.map(|judged| (judged.framing, judged.length))))
}

fn lines(fields: &[[Vec<u8>; 2]]) -> PyResult<FieldLines> {
    let mut lines = FieldLines::new();
    for [name, value] in fields {
        lines.push(name, value).map_err(parse_error)?;
    }
    Ok(lines)
}

fn version(is_http10: bool) -> Version {
    if is_http10 { Version::Http10 } else { Version::Http11 }
}

fn judged(framing: Result<(Framing, Option<u64>), FramingFault>) -> Judged {
    match framing {
        Ok((Framing::Empty, onward)) => (Some(("empty", None, onward)), None),
        Ok((Framing::Length(length), onward)) => (Some(("length", Some(length), onward)), None),
        Ok((Framing::Chunked, onward)) => (Some(("chunked", None, onward)), None),
        Ok((Framing::UntilClose, onward)) => (Some(("until close", None, onward)), None),
        Err(fault) => (None, Some((fault_name(fault), fault.to_string()))),
    }
}
