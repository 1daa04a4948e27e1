//! Part `migration` for Python: its decisions one by one, and a whole migration told as a list of what happened.

use std::num::NonZeroU32;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use part_migration::{Ramp, answer, bucket, compare, side};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use wire::FieldLines;
use wire::migration::{BodyDigest, Difference, Share, Side, Snapshot, Steps, Thresholds, Unsupported};

use crate::error::parse_error;

/// A difference: what it is, the name of the field, and the values of the old and of the new proxy.
type Told<'py> = (&'static str, Bound<'py, PyBytes>, Vec<Bound<'py, PyBytes>>, Vec<Bound<'py, PyBytes>>);

/// One answer, as Python tells it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Answer {
    status: u16,
    fields: Vec<[PyBackedBytes; 2]>,
    body: PyBackedBytes,
}

/// Something that happened: what it was ("Compared", or the side that answered), whether it was good, and when.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Happened {
    what: String,
    good: bool,
    took_us: u64,
    at_ms: u64,
}

/// The place of a client, 0 to 9,999.
#[pyfunction]
pub(crate) fn migration_bucket(salt: u64, key: &[u8]) -> u16 {
    bucket(salt, key)
}

/// "Old" or "New": the side that answers the client in this place.
#[pyfunction]
pub(crate) fn migration_side(place: u16, parts: u16) -> PyResult<String> {
    Ok(format!("{:?}", side(place, share(parts)?)))
}

/// In what two answers differ.
#[pyfunction]
pub(crate) fn migration_compare<'py>(
    py: Python<'py>,
    old: Answer,
    new: Answer,
    ignored: Vec<String>,
) -> PyResult<Vec<Told<'py>>> {
    let ignored: Vec<&str> = ignored.iter().map(String::as_str).collect();
    let (was, is) = (lines(&old)?, lines(&new)?);
    let found = compare(&snapshot(&old, &was), &snapshot(&new, &is), &ignored);
    let bytes = |value: &[u8]| PyBytes::new(py, value);
    let number = |value: u64| vec![bytes(value.to_string().as_bytes())];
    let all = |values: Vec<&[u8]>| values.into_iter().map(bytes).collect::<Vec<_>>();
    let told = found.into_iter().map(|difference| match difference {
        Difference::Status { old, new } => ("Status", bytes(b""), number(old.into()), number(new.into())),
        Difference::Field { name, old, new } => ("Field", bytes(name), all(old), all(new)),
        Difference::Length { old, new } => ("Length", bytes(b""), number(old), number(new)),
        Difference::Body => ("Body", bytes(b""), Vec::new(), Vec::new()),
    });
    Ok(told.collect())
}

/// Who answers, and whether it fell back, when the new proxy supports the request or does not.
#[pyfunction]
pub(crate) fn migration_answer(on_new: bool, supported: bool) -> PyResult<(String, bool)> {
    let side = if on_new { Side::New } else { Side::Old };
    let new = async || if supported { Ok(()) } else { Err(Unsupported("not ported yet")) };
    let answering = pin!(answer(side, new, async || ()));
    match answering.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answered) => Ok((format!("{:?}", answered.by), answered.fell_back.is_some())),
        Poll::Pending => Err(PyValueError::new_err("the part waits, although both proxies have answered")),
    }
}

/// Each change of stage, as Rust writes it, with the position of the event that brought it.
#[pyfunction]
pub(crate) fn migration_ramp(
    parts: Vec<u16>,
    least: NonZeroU32,
    more_errors: u16,
    slower_percent: u16,
    differences: u16,
    hold_ms: u64,
    events: Vec<Happened>,
) -> PyResult<Vec<(usize, String)>> {
    let shares = parts.into_iter().map(share).collect::<PyResult<Vec<_>>>()?;
    let steps = Steps::new(shares).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let (more_errors, differences) = (share(more_errors)?, share(differences)?);
    let thresholds = Thresholds { least, more_errors, slower_percent, differences, hold_ms };
    let mut ramp = Ramp::new(steps, thresholds, 0, 0);
    let mut changes = Vec::new();
    for (number, Happened { what, good, took_us, at_ms }) in events.into_iter().enumerate() {
        let stage = match what.as_str() {
            "Compared" => ramp.compared(!good, at_ms),
            "Old" => ramp.record(Side::Old, good, took_us, at_ms),
            "New" => ramp.record(Side::New, good, took_us, at_ms),
            what => return Err(PyValueError::new_err(format!("there is no event {what:?}"))),
        };
        changes.extend(stage.map(|stage| (number, format!("{stage:?}"))));
    }
    Ok(changes)
}

fn share(parts: u16) -> PyResult<Share> {
    Share::of_ten_thousand(parts).ok_or_else(|| PyValueError::new_err(format!("{parts} of 10,000 is more than all")))
}

fn lines(answer: &Answer) -> PyResult<FieldLines> {
    let mut lines = FieldLines::new();
    for [name, value] in &answer.fields {
        lines.push(name, value).map_err(parse_error)?;
    }
    Ok(lines)
}

fn snapshot<'a>(answer: &Answer, fields: &'a FieldLines) -> Snapshot<'a> {
    let mut body = BodyDigest::new();
    body.add(&answer.body);
    Snapshot { status: answer.status, fields: fields.as_fields(), body }
}
