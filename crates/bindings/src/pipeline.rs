//! Part `pipeline` for Python: a rule file and requests go in, a decision for each request and the counts come out.

use std::net::IpAddr;

use part_pipeline::Pipeline;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use wire::FieldLines;
use wire::pipeline::{Answer, Edits, FilterCount, Incoming};
use wire::rules::RuleLimits;

use crate::error::parse_error;
use crate::rules::{RuleFault, split};

/// A filter's name, how often it ran, and how often it was skipped.
type Count = (&'static str, u64, u64);

/// A request, from a table with these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Request {
    method: Vec<u8>,
    target: Vec<u8>,
    host: Vec<u8>,
    client: String,
    fields: Vec<[Vec<u8>; 2]>,
    now_ms: u64,
}

/// What the pipeline said of one request. With a status it is an answer; without one the request goes on.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct Decision {
    status: Option<u16>,
    why: Option<&'static str>,
    retry_after_s: Option<u64>,
    /// The target and the fields that go to the upstream, or the fields of the answer.
    target: Option<Py<PyBytes>>,
    fields: Vec<(Py<PyBytes>, Py<PyBytes>)>,
    body: Option<Py<PyBytes>>,
}

/// Send `requests` through the pipeline of a rule file, one after the other, with the reference's rules.
#[pyfunction]
pub(crate) fn pipeline_run(
    py: Python<'_>,
    file: &[u8],
    requests: Vec<Request>,
) -> PyResult<(Vec<Decision>, Vec<Count>, Option<RuleFault>)> {
    let (rules, fault) = split(part_rules::load(file, &RuleLimits::default()));
    let Some(rules) = rules else { return Ok((Vec::new(), Vec::new(), fault)) };
    let pipeline = Pipeline::new(&rules);
    let decisions = requests.iter().map(|request| decide(py, &pipeline, request)).collect::<PyResult<Vec<_>>>()?;
    let count = |FilterCount { name, ran, skipped }| (name, ran, skipped);
    Ok((decisions, pipeline.counts().into_iter().map(count).collect(), None))
}

fn decide(py: Python<'_>, pipeline: &Pipeline, request: &Request) -> PyResult<Decision> {
    let no_address = |_| PyValueError::new_err(format!("{:?} is no IP address", request.client));
    let client: IpAddr = request.client.parse().map_err(no_address)?;
    let mut lines = FieldLines::new();
    for [name, value] in &request.fields {
        lines.push(name, value).map_err(parse_error)?;
    }
    let incoming = Incoming::new(&request.method, &request.target, &request.host, client, lines.as_fields());
    Ok(match pipeline.run(&incoming, request.now_ms) {
        Ok(edits) => forwarded(py, &incoming, &edits),
        Err(Answer::Reject { status, why, retry_after_s }) => Decision {
            status: Some(status),
            why: Some(why),
            retry_after_s,
            target: None,
            fields: Vec::new(),
            body: None,
        },
        Err(Answer::Respond { status, fields, body }) => Decision {
            status: Some(status),
            why: None,
            retry_after_s: None,
            target: None,
            fields: pairs(py, fields.as_fields().iter().map(|line| (line.name, line.value))),
            body: Some(PyBytes::new(py, &body).unbind()),
        },
    })
}

fn forwarded(py: Python<'_>, incoming: &Incoming<'_>, edits: &Edits) -> Decision {
    let lines = incoming.fields.iter().map(|line| (line.name, line.value));
    Decision {
        status: None,
        why: None,
        retry_after_s: None,
        target: Some(PyBytes::new(py, edits.target.as_deref().unwrap_or(incoming.target())).unbind()),
        fields: pairs(py, edits.request_lines(lines)),
        body: None,
    }
}

fn pairs<'l>(py: Python<'_>, lines: impl Iterator<Item = (&'l [u8], &'l [u8])>) -> Vec<(Py<PyBytes>, Py<PyBytes>)> {
    lines.map(|(name, value)| (PyBytes::new(py, name).unbind(), PyBytes::new(py, value).unbind())).collect()
}
