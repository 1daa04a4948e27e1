//! Part 05, `rules`: a rule file becomes [`Rules`], or an error that says where, what, and what would be right.
//!
//! Owns the rules that are in force ([`Keeper`]). Leaves out reading the file from a disk, and applying a rule.
//! An operator wrote the file, perhaps in a hurry, or a program wrote it, twice its usual size: no byte in it
//! may panic here. So nothing in this file is indexed, unwrapped or cast; what can fail says so in its type.

use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use wire::rules::{
    Block, FieldEdit, FieldMatch, FieldName, FieldValue, NewPrefix, Place, RateLimit, Reloads, Rewrite, Route,
    RuleError, RuleLimits, Rules, Scope, UpstreamName, Wrong,
};

/// What a client may be allowed a second.
const RATES: RangeInclusive<u32> = 1..=1_000_000;

/// The line and the column of byte `offset` in `file`. Beyond the end there is nothing: the place is then the end.
pub fn place(file: &[u8], offset: usize) -> Place {
    // exercise: begin place
    let before = file.get(..offset).unwrap_or(file);
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let column = 1 + before.iter().skip(line_start).filter(|&&byte| begins_a_character(byte)).count();
    Place { line, column }
    // exercise: stub
    // todo!("take the bytes before offset, or all of them when there are fewer; count their lines, and the characters of the last one")
    // exercise: end
}

/// Whether a UTF-8 character begins with `byte`; otherwise it goes on with it.
fn begins_a_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Reads a whole rule file.
///
/// # Errors
/// The first thing that is wrong with it. Never a panic, whatever the bytes are.
pub fn load(file: &[u8], limits: &RuleLimits) -> Result<Rules, RuleError> {
    let reader = Reader { file, limits };
    let root = reader.document()?;
    let top = Table { reader: &reader, table: root.get_ref(), start: 0, name: "the file" };
    top.only(&["default", "route", "rewrite", "block", "limit"])?;
    let mut left = limits.rules;
    let mut rules = Rules {
        default: upstream(&top, "default")?,
        routes: top.rules("route", &mut left, read_route)?,
        rewrites: top.rules("rewrite", &mut left, read_rewrite)?,
        blocks: top.rules("block", &mut left, read_block)?,
        rates: top.rules("limit", &mut left, read_rate_limit)?,
    };
    // The narrowest first, so that the first route that matches is the one. The sort is stable: of two equal
    // scopes the earlier one wins.
    rules.routes.sort_by_key(|route| {
        std::cmp::Reverse((route.scope.host.narrowness(), route.scope.path.as_str().trim_end_matches('/').len()))
    });
    Ok(rules)
}

/// The route of a request: the most specific host wins, then the longest path. It allocates nothing.
///
/// `host` may have a port; `path` is the path as [`wire::rules::plain_path`] gives it.
pub fn route<'r>(rules: &'r Rules, host: &[u8], path: &[u8]) -> Option<&'r Route> {
    rules.routes.iter().find(|route| route.scope.matches(host, path))
}

/// The rules in force. A file that is wrong changes nothing: the last good rules stay.
#[derive(Debug)]
pub struct Keeper {
    limits: RuleLimits,
    /// Shared with every worker that serves requests; held only while an `Arc` is copied or put in place.
    kept: RwLock<Kept>,
}

#[derive(Debug)]
struct Kept {
    /// Shared with the requests that began under these rules: they end under them, too.
    rules: Arc<Rules>,
    reloads: Reloads,
}

impl Keeper {
    /// Begins with the rules in `file`.
    ///
    /// # Errors
    /// The file is wrong. There are no last good rules yet, so there is nothing to serve with.
    pub fn new(file: &[u8], limits: RuleLimits) -> Result<Self, RuleError> {
        let rules = Arc::new(load(file, &limits)?);
        Ok(Self { limits, kept: RwLock::new(Kept { rules, reloads: Reloads::default() }) })
    }

    /// The rules in force. Whoever holds them keeps them, whatever is loaded meanwhile.
    pub fn current(&self) -> Arc<Rules> {
        Arc::clone(&self.kept.read().unwrap_or_else(PoisonError::into_inner).rules)
    }

    /// Puts the rules of `file` in force and gives them back.
    ///
    /// # Errors
    /// The file is wrong: the rules stay as they are, and the error is kept for [`Keeper::reloads`].
    pub fn reload(&self, file: &[u8]) -> Result<Arc<Rules>, RuleError> {
        let loaded = load(file, &self.limits); // before the lock: nobody waits for a file to be read
        let mut kept = self.lock();
        // exercise: begin reload
        match loaded {
            Ok(rules) => {
                kept.rules = Arc::new(rules);
                kept.reloads.good += 1;
                kept.reloads.error = None;
                Ok(Arc::clone(&kept.rules))
            }
            Err(error) => {
                kept.reloads.bad += 1;
                kept.reloads.error = Some(error.clone());
                Err(error)
            }
        }
        // exercise: stub
        // todo!("put good rules in place and count them; of a bad file keep the error, count it, and give it back")
        // exercise: end
    }

    /// How reloading has gone so far.
    pub fn reloads(&self) -> Reloads {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).reloads.clone()
    }

    /// A worker that panicked while it held the lock cannot have left half of a change: each field is whole.
    fn lock(&self) -> RwLockWriteGuard<'_, Kept> {
        self.kept.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A rule file on its way to rules.
struct Reader<'a> {
    file: &'a [u8],
    limits: &'a RuleLimits,
}

impl<'a> Reader<'a> {
    /// The file as TOML, when it is short enough, is text, and is TOML.
    fn document(&self) -> Result<Spanned<DeTable<'a>>, RuleError> {
        // exercise: begin document
        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file).map_err(|error| self.error(error.valid_up_to(), not_text()))?;
        DeTable::parse(text).map_err(|error| self.error(offset_of(&error), not_toml(error.message())))
        // exercise: stub
        // todo!("refuse a file of too_many bytes; then from_utf8 and DeTable::parse, each with its error made a RuleError by map_err")
        // exercise: end
    }

    /// `wrong`, at byte `offset` of the file.
    fn error(&self, offset: usize, wrong: Wrong) -> RuleError {
        RuleError::new(place(self.file, offset), wrong)
    }
}

/// Where the file stops being TOML: the byte at which the parser gave up.
fn offset_of(error: &toml::de::Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn not_text() -> Wrong {
    Wrong::new("this byte is not UTF-8", "save the file as UTF-8")
}

fn not_toml(message: &str) -> Wrong {
    Wrong::new(message, "a rule file is TOML, as at toml.io")
}

fn too_many(what: &str, limit: usize, holder: &str) -> Wrong {
    Wrong::new(format!("the {holder} has too many {what}"), format!("the limit is {limit}"))
}

fn wrong_kind(key: &str, wanted: &str, got: &Spanned<DeValue<'_>>) -> Wrong {
    Wrong::new(format!("`{key}` is of the type {}", got.get_ref().type_str()), format!("write {wanted}"))
}

/// A table of the file.
#[derive(Clone, Copy)]
struct Table<'a> {
    reader: &'a Reader<'a>,
    table: &'a DeTable<'a>,
    /// Where the table begins.
    start: usize,
    /// What the table is, for errors: "a route".
    name: &'static str,
}

impl<'a> Table<'a> {
    /// The word under `key`; `None` when the key is not there.
    fn word<T: FromStr<Err = Wrong>>(&self, key: &str) -> Result<Option<T>, RuleError> {
        self.table.get(key).map(|value| self.parse(key, value)).transpose()
    }

    /// The text in `value`, which stands under `key`, as a `T`.
    fn parse<T: FromStr<Err = Wrong>>(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<T, RuleError> {
        // exercise: begin parse
        let text =
            value.get_ref().as_str().ok_or_else(|| self.at(value, wrong_kind(key, "a text in quotes", value)))?;
        self.short(value, text)?;
        text.parse().map_err(|wrong| self.at(value, wrong))
        // exercise: stub
        // todo!("ask the value for its text, refuse one that is no text or not short, then parse it; make each error a RuleError at value")
        // exercise: end
    }

    /// Refuses a text that is longer than the limit.
    fn short<V>(&self, value: &Spanned<V>, text: &str) -> Result<(), RuleError> {
        let limit = self.reader.limits.text;
        if text.len() <= limit { Ok(()) } else { Err(self.at(value, too_many("bytes", limit, "text"))) }
    }

    /// The rules under `key`, each read by `read`. Every rule of the file counts against what is `left`.
    fn rules<T>(
        &self,
        key: &'static str,
        left: &mut usize,
        read: impl Fn(Table<'_>) -> Result<T, RuleError>,
    ) -> Result<Vec<T>, RuleError> {
        let mut rules = Vec::new();
        for value in self.array(key)? {
            let table = self.table(key, value)?;
            // exercise: begin rules
            let limit = self.reader.limits.rules;
            *left = left.checked_sub(1).ok_or_else(|| table.error(too_many("rules", limit, "file")))?;
            rules.push(read(table)?);
            // exercise: stub
            // todo!("take one from left, or refuse a file of too_many rules; then read the table, and push its rule")
            // exercise: end
        }
        Ok(rules)
    }

    /// The number under `key`; `None` when the key is not there.
    fn number<T: TryFrom<u32>>(&self, key: &str, range: RangeInclusive<u32>) -> Result<Option<T>, RuleError> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        let digits = value.get_ref().as_integer().ok_or_else(|| self.at(value, wrong_kind(key, &wanted, value)))?;
        let number = u32::from_str_radix(digits.as_str(), digits.radix()).ok().filter(|number| range.contains(number));
        let wrong = || Wrong::new(format!("`{key}` is {}", digits.as_str()), format!("write {wanted}"));
        number.and_then(|number| T::try_from(number).ok()).map(Some).ok_or_else(|| self.at(value, wrong()))
    }

    /// Whether the switch under `key` is on; without it, it is off.
    fn flag(&self, key: &str) -> Result<bool, RuleError> {
        let Some(value) = self.table.get(key) else { return Ok(false) };
        value.get_ref().as_bool().ok_or_else(|| self.at(value, wrong_kind(key, "true or false", value)))
    }

    /// The values in the array under `key`; none, when the key is not there.
    fn array(&self, key: &str) -> Result<&'a [Spanned<DeValue<'a>>], RuleError> {
        let Some(value) = self.table.get(key) else { return Ok(&[]) };
        match value.get_ref() {
            DeValue::Array(values) => Ok(values),
            _ => Err(self.at(value, wrong_kind(key, &format!("[[{key}]], or a list in brackets"), value))),
        }
    }

    /// `value` as a table, which is called by its `key` in errors.
    fn table(&self, key: &'static str, value: &'a Spanned<DeValue<'a>>) -> Result<Table<'a>, RuleError> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(Table { table, start: value.span().start, name: key, ..*self }),
            _ => Err(self.at(value, wrong_kind(key, "a table of keys and values", value))),
        }
    }

    /// Refuses the first key that is not `known`.
    fn only(&self, known: &[&str]) -> Result<(), RuleError> {
        let unknown = self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let what = format!("`{}` has no key `{}`", self.name, key.get_ref().escape_debug());
        let help = nearest(key.get_ref(), known).unwrap_or_else(|| format!("its keys are {}", known.join(", ")));
        Err(self.reader.error(key.span().start, Wrong::new(what, help)))
    }

    /// `wrong`, where this table begins.
    fn error(&self, wrong: Wrong) -> RuleError {
        self.reader.error(self.start, wrong)
    }

    /// `wrong`, where `value` stands.
    fn at<V>(&self, value: &Spanned<V>, wrong: Wrong) -> RuleError {
        self.reader.error(value.span().start, wrong)
    }
}

/// "did you mean …?", when one of the `known` words is near.
fn nearest(word: &str, known: &[impl AsRef<str>]) -> Option<String> {
    let near = known.iter().map(|known| (strsim::jaro_winkler(word, known.as_ref()), known.as_ref()));
    let (likeness, best) = near.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (likeness > 0.8).then(|| format!("did you mean `{best}`?"))
}

/// The requests that a rule is for.
fn scope(table: &Table<'_>) -> Result<Scope, RuleError> {
    Ok(Scope { host: table.word("host")?.unwrap_or_default(), path: table.word("path")?.unwrap_or_default() })
}

/// The upstream under `key`, when there is one of that name.
fn upstream(table: &Table<'_>, key: &str) -> Result<Option<UpstreamName>, RuleError> {
    let Some(value) = table.table.get(key) else { return Ok(None) };
    let name: UpstreamName = table.parse(key, value)?;
    match &table.reader.limits.upstreams {
        Some(known) if !known.iter().any(|known| known == name.as_str()) => {
            let help = nearest(name.as_str(), known).unwrap_or_else(|| format!("there are {}", known.join(", ")));
            Err(table.at(value, Wrong::new(format!("there is no upstream `{name}`"), help)))
        }
        Some(_) | None => Ok(Some(name)),
    }
}

/// What is under a `key` that has to be there.
fn required<T>(table: &Table<'_>, key: &str, found: Option<T>, example: &str) -> Result<T, RuleError> {
    let missing = || Wrong::new(format!("this `{}` has no `{key}`", table.name), format!("add {key} = {example}"));
    found.ok_or_else(|| table.error(missing()))
}

fn read_route(table: Table<'_>) -> Result<Route, RuleError> {
    table.only(&["host", "path", "upstream", "cache"])?;
    let upstream = required(&table, "upstream", upstream(&table, "upstream")?, "\"kitchen\"")?;
    Ok(Route { scope: scope(&table)?, upstream, cache: table.flag("cache")? })
}

fn read_rewrite(table: Table<'_>) -> Result<Rewrite, RuleError> {
    table.only(&["host", "path", "to", "request", "response"])?;
    let to = table.word::<NewPrefix>("to")?;
    if to.is_some() && !table.table.contains_key("path") {
        return Err(
            table.error(Wrong::new("`to` stands without `path`", "say which prefix it replaces: path = \"/old\""))
        );
    }
    let (request, response) = (edits(&table, "request")?, edits(&table, "response")?);
    if to.is_none() && request.is_empty() && response.is_empty() {
        let help = "add `to`, or `set` or `remove` under `request` or `response`";
        return Err(table.error(Wrong::new("this `rewrite` changes nothing", help)));
    }
    Ok(Rewrite { scope: scope(&table)?, to, request: request.into(), response: response.into() })
}

/// The changes to the fields of one side: `set` is a table of names and values, `remove` a list of names.
fn edits(rewrite: &Table<'_>, side: &'static str) -> Result<Vec<FieldEdit>, RuleError> {
    let Some(value) = rewrite.table.get(side) else { return Ok(Vec::new()) };
    let side = rewrite.table(side, value)?;
    side.only(&["set", "remove"])?;
    let mut edits = Edits { side, found: Vec::new() };
    if let Some(value) = side.table.get("set") {
        for (key, value) in side.table("set", value)?.table {
            side.short(key, key.get_ref())?;
            let name: FieldName = key.get_ref().parse().map_err(|wrong| side.at(key, wrong))?;
            let value = side.parse(key.get_ref(), value)?;
            edits.add(key, name, |name| FieldEdit::Set(name, value))?;
        }
    }
    for value in side.array("remove")? {
        edits.add(value, side.parse("remove", value)?, FieldEdit::Remove)?;
    }
    Ok(edits.found)
}

/// The changes found so far on one side of a rewrite.
struct Edits<'a> {
    side: Table<'a>,
    found: Vec<FieldEdit>,
}

impl Edits<'_> {
    /// Adds a change of the field `name`, which stands at `key`, if a rule may change it and none has yet.
    fn add<V>(
        &mut self,
        key: &Spanned<V>,
        name: FieldName,
        edit: impl FnOnce(FieldName) -> FieldEdit,
    ) -> Result<(), RuleError> {
        let limit = self.side.reader.limits.edits;
        let wrong = if self.found.len() >= limit {
            too_many("changes", limit, self.side.name)
        } else if self.found.iter().any(|earlier| earlier.name().is(name.as_str().as_bytes())) {
            Wrong::new(format!("`{}` changes the field {name} twice", self.side.name), "leave one of the two")
        } else {
            self.found.push(edit(name.changeable().map_err(|wrong| self.side.at(key, wrong))?));
            return Ok(());
        };
        Err(self.side.at(key, wrong))
    }
}

fn read_block(table: Table<'_>) -> Result<Block, RuleError> {
    table.only(&["host", "path", "method", "client", "header", "contains", "status"])?;
    let conditions = ["host", "path", "method", "client", "header"];
    if !conditions.iter().any(|&key| table.table.contains_key(key)) {
        let help = format!("add one of {}", conditions.join(", "));
        return Err(table.error(Wrong::new("this `block` has no condition, so it would refuse everything", help)));
    }
    let field = match (table.word("header")?, table.word("contains")?) {
        (Some(name), contains) => Some(FieldMatch { name, contains }),
        (None, None) => None,
        (None, Some::<FieldValue>(_)) => {
            let help = "say which field it looks into: header = \"User-Agent\"";
            return Err(table.error(Wrong::new("`contains` stands without `header`", help)));
        }
    };
    let status = table.number("status", 400..=599)?.unwrap_or(403);
    Ok(Block { scope: scope(&table)?, method: table.word("method")?, client: table.word("client")?, field, status })
}

fn read_rate_limit(table: Table<'_>) -> Result<RateLimit, RuleError> {
    table.only(&["host", "path", "requests", "burst"])?;
    let requests = required(&table, "requests", table.number("requests", RATES)?, "10")?;
    let burst = table.number("burst", RATES)?.unwrap_or(requests);
    Ok(RateLimit { scope: scope(&table)?, requests, burst })
}
