//! Part `balancer` for Python: requests one after the other, and threads that all pick at once.

use part_balancer::Balancer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;
use wire::balancer::{Ejection, Health, Policy, ServerView};

/// A server's name for its health, its failures in a row, and when its time is over.
type Told = (&'static str, u32, u64);

/// What is known of each server when all requests were made.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct BalancerReplay {
    chosen: Vec<Option<usize>>,
    active: Vec<u64>,
    picks: Vec<u64>,
    health: Vec<Told>,
}

/// One request: a dictionary with these keys.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Request {
    at_ms: u64,
    key: u64,
    stays: bool,
}

/// Make each request of a balancer whose servers in `bad` fail.
#[pyfunction]
pub(crate) fn balancer_replay(
    servers: usize,
    policy: &str,
    failures: u32,
    for_ms: u64,
    requests: Vec<Request>,
    bad: Vec<usize>,
) -> PyResult<BalancerReplay> {
    let balancer = Balancer::new(servers, policy_of(policy)?, Ejection { failures, for_ms });
    let mut under_way = Vec::new();
    let mut chosen = Vec::with_capacity(requests.len());
    for Request { at_ms, key, stays } in requests {
        let pick = balancer.pick(key, at_ms, None);
        chosen.push(pick.as_ref().map(part_balancer::Pick::index));
        match pick {
            Some(pick) if stays => under_way.push(pick),
            Some(pick) if bad.contains(&pick.index()) => pick.failed(at_ms),
            Some(pick) => pick.succeeded(),
            None => {}
        }
    }
    let view = balancer.view();
    let column = |number: fn(&ServerView) -> u64| view.iter().map(number).collect();
    let (active, picks) = (column(|server| server.active), column(|server| server.picks));
    Ok(BalancerReplay { chosen, active, picks, health: view.iter().map(|server| told(server.health)).collect() })
}

/// Let so many threads pick at once, each so often, and say how often each server was chosen.
#[pyfunction]
pub(crate) fn balancer_rehearse(
    py: Python<'_>,
    servers: usize,
    policy: &str,
    threads: usize,
    picks: u64,
) -> PyResult<Vec<u64>> {
    let balancer = Arc::new(Balancer::new(servers, policy_of(policy)?, Ejection::default()));
    Ok(py.detach(|| part_balancer::rehearse(&balancer, threads, picks)))
}

fn policy_of(name: &str) -> PyResult<Policy> {
    match name {
        "round robin" => Ok(Policy::RoundRobin),
        "least connections" => Ok(Policy::LeastConnections),
        "consistent hash" => Ok(Policy::ConsistentHash),
        _ => Err(PyValueError::new_err(format!("no policy is called {name:?}"))),
    }
}

fn told(health: Health) -> Told {
    match health {
        Health::Serving { failures } => ("serving", failures, 0),
        Health::Ejected { until_ms } => ("ejected", 0, until_ms),
        Health::Probing { until_ms } => ("probing", 0, until_ms),
    }
}
