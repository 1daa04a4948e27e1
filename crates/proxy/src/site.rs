//! The rules in force, and what they mean for a request: where it goes.
//!
//! Owns the rule file's path and its reloads. Part `rules` reads the file and keeps the last good rules. Leaves out
//! the servers behind the names (see `upstreams`).

use crate::parts::{Panicked, rules};
use crate::server::StartError;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use wire::rules::{RuleError, RuleLimits, plain_path};

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
    /// The names that rules may send requests to, in the order of the settings.
    names: Vec<String>,
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
        Ok(Self { path, limits, keeper, names })
    }

    /// Reads the file anew. Gives back what to tell the operator.
    ///
    /// # Errors
    /// What is wrong, and where. The rules before stay in force.
    pub(crate) fn reload(&self) -> Result<String, String> {
        let file = read(&self.path, &self.limits)?;
        let rules = rules::reload(&self.keeper, &file).map_err(|fault| told(&self.path, fault))?;
        let count = rules.routes.len() + rules.rewrites.len() + rules.blocks.len() + rules.rates.len();
        Ok(format!("{}: {count} rules are in force", self.path.display()))
    }

    /// Where a request for `target` on `host` goes.
    pub(crate) fn destination(&self, host: &[u8], target: &[u8]) -> Result<Destination, Panicked> {
        let rules = self.keeper.current();
        let (name, cache) = match rules::route(&rules, host, &plain_path(target))? {
            Some(route) => (Some(&route.upstream), route.cache),
            None => (rules.default.as_ref(), false),
        };
        // The rules know no names but these, so the first upstream stands in for no name at all.
        let known = name.and_then(|name| self.names.iter().position(|known| known == name.as_str()));
        Ok(Destination { upstream: known.unwrap_or(0), cache })
    }

    /// For the status page: the file, and how reloading has gone.
    pub(crate) fn status(&self) -> serde_json::Value {
        let reloads = self.keeper.reloads();
        serde_json::json!({
            "file": self.path,
            "reloads": reloads.good,
            "refused": reloads.bad,
            "error": reloads.error.map(|error| error.to_string()),
        })
    }
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
