//! The rules in force, and what they mean for a request: whether it may pass, what changes in it, where it goes.
//!
//! Owns the rule file's path and its reloads. Part `rules` reads the file and keeps the last good rules, part
//! `pipeline` applies them. Leaves out the servers behind the names (see `upstreams`).

use crate::parts::pipeline::{self, Pipeline};
use crate::parts::{Panicked, rules};
use crate::server::StartError;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use wire::pipeline::{Answer, Edits, FilterCount, Incoming};
use wire::rules::{RuleError, RuleLimits, Rules};

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The place of the upstream in the settings.
    pub(crate) upstream: usize,
    /// Responses may be kept in the cache.
    pub(crate) cache: bool,
}

impl Destination {
    /// The first upstream of the settings: where everything goes that no rule sends elsewhere.
    pub(crate) const FIRST: Self = Self { upstream: 0, cache: false };
}

/// The rule file and its rules.
#[derive(Debug)]
pub(crate) struct Site {
    path: PathBuf,
    limits: RuleLimits,
    keeper: rules::Keeper,
    /// Held only while an `Arc` is copied or put in place. A reload changes it after the keeper's own rules, so two
    /// reloads at once take turns here.
    in_force: RwLock<Arc<InForce>>,
    /// The names that rules may send requests to, in the order of the settings.
    names: Vec<String>,
}

/// What requests are judged by: those that begin under it end under it.
pub(crate) struct InForce {
    rules: Arc<Rules>,
    pipeline: Pipeline,
}

impl fmt::Debug for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InForce").field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl Site {
    /// Begins with the rules in the file at `path`.
    ///
    /// # Errors
    /// The file can't be read, or something is wrong with it: without good rules there is nothing to serve by.
    pub(crate) fn load(path: PathBuf, names: Vec<String>) -> Result<Self, StartError> {
        const HELP: &str = "mend the rule file, or leave `rules` out of the settings";
        let limits = RuleLimits { upstreams: Some(names.clone()), ..RuleLimits::default() };
        let keeper = read(&path, &limits)
            .and_then(|file| rules::keeper(&file, limits.clone()).map_err(|fault| told(&path, fault)))
            .map_err(|what| StartError::new(what, HELP))?;
        let rules = keeper.current();
        let pipeline = pipeline::new(&rules).map_err(|panic| StartError::new(panic.to_string(), HELP))?;
        let in_force = RwLock::new(Arc::new(InForce { rules, pipeline }));
        Ok(Self { path, limits, keeper, in_force, names })
    }

    /// Reads the file anew. Gives back what to tell the operator.
    ///
    /// # Errors
    /// What is wrong, and where. The rules before stay in force.
    pub(crate) fn reload(&self) -> Result<String, String> {
        let file = read(&self.path, &self.limits)?;
        let mut in_force = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
        let rules = rules::reload(&self.keeper, &file).map_err(|fault| told(&self.path, fault))?;
        let pipeline = pipeline::renewed(&in_force.pipeline, &rules).map_err(|panic| panic.to_string())?;
        *in_force = Arc::new(InForce { rules: Arc::clone(&rules), pipeline });
        drop(in_force);
        let count = rules.routes.len() + rules.rewrites.len() + rules.blocks.len() + rules.rates.len();
        Ok(format!("{}: {count} rules are in force", self.path.display()))
    }

    /// What `request` is judged by.
    pub(crate) fn in_force(&self) -> Arc<InForce> {
        Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where `request` goes under these rules.
    pub(crate) fn destination(&self, in_force: &InForce, request: &Incoming<'_>) -> Result<Destination, Panicked> {
        let (name, cache) = match rules::route(&in_force.rules, request.host, request.path())? {
            Some(route) => (Some(&route.upstream), route.cache),
            None => (in_force.rules.default.as_ref(), false),
        };
        // The rules know no names but these, so the first upstream stands in for no name at all.
        let known = name.and_then(|name| self.names.iter().position(|known| known == name.as_str()));
        Ok(Destination { upstream: known.unwrap_or(0), cache })
    }

    /// For the status page: the file, and how reloading has gone.
    pub(crate) fn status(&self) -> serde_json::Value {
        let reloads = rules::reloads(&self.keeper);
        serde_json::json!({
            "file": self.path,
            "reloads": reloads.as_ref().map(|reloads| reloads.good),
            "refused": reloads.as_ref().map(|reloads| reloads.bad),
            "error": reloads.and_then(|reloads| reloads.error).map(|error| error.to_string()),
            "filters": self.filters().iter().map(filter).collect::<Vec<_>>(),
        })
    }

    /// How often each filter ran since the rules were read.
    pub(crate) fn filters(&self) -> Vec<FilterCount> {
        pipeline::counts(&self.in_force().pipeline).unwrap_or_default()
    }
}

impl InForce {
    /// Judges `request`: the changes to make, or the answer in the upstream's place.
    pub(crate) fn judge(&self, request: &Incoming<'_>, now_ms: u64) -> Result<Result<Edits, Answer>, Panicked> {
        pipeline::run(&self.pipeline, request, now_ms)
    }
}

fn filter(count: &FilterCount) -> serde_json::Value {
    serde_json::json!({ "name": count.name, "ran": count.ran, "skipped": count.skipped })
}

/// The bytes of a rule file, and no more of them than it takes to see that it is too long.
fn read(path: &Path, limits: &RuleLimits) -> Result<Vec<u8>, String> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limits.bytes as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| format!("{}: it can't be read: {error}", path.display()))
}

fn told(path: &Path, fault: Result<RuleError, Panicked>) -> String {
    match fault {
        Ok(error) => format!(
            "{}:{}:{}: {}\nhelp: {}",
            path.display(),
            error.place.line,
            error.place.column,
            error.what,
            error.help
        ),
        Err(panic) => panic.to_string(),
    }
}
