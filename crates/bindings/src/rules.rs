//! Part `rules` for Python: a file goes in as bytes, and what comes out is rules or a fault with its place.

use part_rules::{Keeper, load};
use pyo3::prelude::*;
use wire::rules::{RuleError, RuleLimits};

/// Rules that a file was read into: routes in the order in which they are tried, and how many of each other kind.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct Rules {
    default: Option<String>,
    routes: Vec<Route>,
    rewrites: usize,
    blocks: usize,
    limits: usize,
}

/// One route: `host` is "*" for every host.
#[pyclass(frozen, get_all, module = "proxylings._native")]
#[derive(Clone)]
pub(crate) struct Route {
    host: String,
    path: String,
    upstream: String,
    cache: bool,
}

/// Why a file was refused, and where: line and column count from 1.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct RuleFault {
    line: usize,
    column: usize,
    what: String,
    help: String,
}

/// One reload: why the file was refused, if it was, and the default upstream and the number of routes now in force.
#[pyclass(frozen, get_all, module = "proxylings._native")]
#[derive(Clone)]
pub(crate) struct Reload {
    error: Option<String>,
    default: Option<String>,
    routes: usize,
}

/// Load a rule file: the rules and no fault, or no rules and a fault.
#[pyfunction]
pub(crate) fn rules_load(file: &[u8]) -> (Option<Rules>, Option<RuleFault>) {
    split(load(file, &RuleLimits::default()).map(|rules| Rules::from(&rules)))
}

/// Load a rule file, and return the upstream of a request for `host` and `path` (or None), or a fault.
#[pyfunction]
pub(crate) fn rules_route(file: &[u8], host: &[u8], path: &[u8]) -> (Option<String>, Option<RuleFault>) {
    let found = load(file, &RuleLimits::default()).map(|rules| {
        part_rules::route(&rules, host, &wire::rules::plain_path(path)).map(|route| route.upstream.to_string())
    });
    let (name, fault) = split(found);
    (name.flatten(), fault)
}

/// Begin with the first file and reload the others one after the other: one entry a reload, or a fault of the first file.
#[pyfunction]
pub(crate) fn rules_replay(first: &[u8], others: Vec<Vec<u8>>) -> (Vec<Reload>, Option<RuleFault>) {
    let (keeper, fault) = split(Keeper::new(first, RuleLimits::default()));
    let Some(keeper) = keeper else { return (Vec::new(), fault) };
    let reload = |file: &Vec<u8>| {
        let error = keeper.reload(file).err().map(|error| error.to_string());
        let rules = Rules::from(&*keeper.current());
        Reload { error, default: rules.default, routes: rules.routes.len() }
    };
    (others.iter().map(reload).collect(), None)
}

/// The value, or what Python is told of the error.
pub(crate) fn split<T>(outcome: Result<T, RuleError>) -> (Option<T>, Option<RuleFault>) {
    match outcome {
        Ok(value) => (Some(value), None),
        Err(RuleError { place, what, help }) => {
            (None, Some(RuleFault { line: place.line, column: place.column, what, help }))
        }
    }
}

impl From<&wire::rules::Rules> for Rules {
    fn from(rules: &wire::rules::Rules) -> Self {
        let route = |route: &wire::rules::Route| Route {
            host: route.scope.host.to_string(),
            path: route.scope.path.as_str().to_owned(),
            upstream: route.upstream.to_string(),
            cache: route.cache,
        };
        Self {
            default: rules.default.as_ref().map(ToString::to_string),
            routes: rules.routes.iter().map(route).collect(),
            rewrites: rules.rewrites.len(),
            blocks: rules.blocks.len(),
            limits: rules.rates.len(),
        }
    }
}
