//! The rules of the proxy: which upstream a request goes to, what is changed on the way, what is refused.
//!
//! Owns the types that a rule file becomes, and the checks of single words in it: what stands in one of
//! these types needs no second look. Leaves out the file itself (part `rules` reads it) and the act of
//! applying a rule to a request (part `pipeline`).

mod pattern;
mod word;

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

pub use pattern::{HostPattern, Network, PathPrefix, Scope, bare_host, plain_path};
pub use word::{FieldName, FieldValue, Method, NewPrefix, UpstreamName};

/// Everything that a rule file says. The order in each list is the order in which it is tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The upstream for what no route matches; without it, the first one in the proxy's settings.
    pub default: Option<UpstreamName>,
    /// Where requests go: the most specific host first, then the longest path.
    pub routes: Vec<Route>,
    /// What is changed in requests and responses, in the order of the file.
    pub rewrites: Vec<Rewrite>,
    /// What is refused, in the order of the file.
    pub blocks: Vec<Block>,
    /// How often a client may ask, in the order of the file.
    pub rates: Vec<RateLimit>,
}

/// Requests of one scope go to one upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which requests.
    pub scope: Scope,
    /// The name of the upstream, as the proxy's settings define it.
    pub upstream: UpstreamName,
    /// Whether responses may be kept in the cache.
    pub cache: bool,
}

/// Requests of one scope, and their responses, are changed on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Which requests.
    pub scope: Scope,
    /// What the path prefix of the scope becomes.
    pub to: Option<NewPrefix>,
    /// Changes to the request's fields. Shared with every request that they are made to.
    pub request: Arc<[FieldEdit]>,
    /// Changes to the response's fields. Shared with every request that they are made to.
    pub response: Arc<[FieldEdit]>,
}

/// One change to the fields of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldEdit {
    /// Every field line of this name goes, and one with this value comes.
    Set(FieldName, FieldValue),
    /// Every field line of this name goes.
    Remove(FieldName),
}

impl FieldEdit {
    /// The name of the field that is changed.
    pub fn name(&self) -> &FieldName {
        match self {
            Self::Set(name, _) | Self::Remove(name) => name,
        }
    }
}

/// Requests that meet every condition are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which requests.
    pub scope: Scope,
    /// With this method only.
    pub method: Option<Method>,
    /// From these clients only.
    pub client: Option<Network>,
    /// With such a field only.
    pub field: Option<FieldMatch>,
    /// The status of the answer, 400 to 599.
    pub status: u16,
}

/// A field of this name, with this text in its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMatch {
    /// The field's name.
    pub name: FieldName,
    /// The text, small letters and capitals alike; without it, any value will do.
    pub contains: Option<FieldValue>,
}

impl FieldMatch {
    /// Whether a field line `name: value` is such a field.
    pub fn matches(&self, name: &[u8], value: &[u8]) -> bool {
        let text = self.contains.as_ref().map_or("", FieldValue::as_str).as_bytes();
        self.name.is(name)
            && (text.is_empty() || value.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text)))
    }
}

/// How often one client may ask for something of one scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit {
    /// Which requests.
    pub scope: Scope,
    /// Requests a second, in the long run.
    pub requests: NonZeroU32,
    /// Requests at once, after a pause.
    pub burst: NonZeroU32,
}

/// How much a rule file may hold.
#[derive(Clone, Debug)]
pub struct RuleLimits {
    /// Bytes in the file. Default: 64 KiB.
    pub bytes: usize,
    /// Rules in the file, of all kinds together. Default: 200.
    pub rules: usize,
    /// Changes to fields in one rewrite, on each side. Default: 32.
    pub edits: usize,
    /// Bytes in one text of the file. Default: 1024.
    pub text: usize,
    /// The upstreams that a route may name. Default: none is known, and any name will do.
    pub upstreams: Option<Vec<String>>,
}

impl Default for RuleLimits {
    fn default() -> Self {
        Self { bytes: 64 * 1024, rules: 200, edits: 32, text: 1024, upstreams: None }
    }
}

/// Why a rule file is refused, and where: line and column count from 1, a column is a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The place of what is wrong.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub help: String,
}

impl RuleError {
    /// `wrong`, found at `place`.
    pub fn new(place: Place, wrong: Wrong) -> Self {
        Self { place, what: wrong.what, help: wrong.help }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}; {}", self.place.line, self.place.column, self.what, self.help)
    }
}

impl std::error::Error for RuleError {}

/// A place in a file, as an editor counts: both from 1, a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// What is wrong with one word, for someone who knows where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub help: String,
}

impl Wrong {
    /// `what` is wrong, and `help` says what would be right.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.help)
    }
}

impl std::error::Error for Wrong {}

/// How reloading has gone so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reloads {
    /// Files that were taken, the first one not counted.
    pub good: u64,
    /// Files that were refused.
    pub bad: u64,
    /// Why the newest file was refused; `None` when it was taken.
    pub error: Option<RuleError>,
}
