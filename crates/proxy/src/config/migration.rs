//! The table `[migration]`: an old upstream, a new one, and the way from one to the other.
//!
//! Owns the names, the defaults and what is wrong with them. Leaves out what a migration does (see `crate::migration`).

use super::{ConfigError, Source, UpstreamConfig};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use toml::Spanned;
use wire::Fields;
use wire::migration::{IGNORED, Share, Steps, Thresholds};
use wire::rules::FieldName;

/// One upstream that takes over from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationConfig {
    /// The name of the upstream that has served so far.
    pub old: String,
    /// The name of the one that is to take over.
    pub new: String,
    /// It begins with copies, and not with the first step.
    pub shadow: bool,
    /// Copies that may be under way at one time.
    pub shadows: NonZeroU32,
    /// Fields in which two answers may differ.
    pub ignored: Vec<String>,
    /// By what a client is known again.
    pub key: KeySource,
    /// The growing shares of the clients.
    pub steps: Steps,
    /// When to go on, and when to go back.
    pub thresholds: Thresholds,
}

/// By what a client is known again, so that it stays on its side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// Its address.
    Address,
    /// A cookie with this name.
    Cookie(String),
    /// A field with this name.
    Field(FieldName),
}

impl KeySource {
    /// The client's key in the fields of its request. `None`: it is known by its address.
    pub(crate) fn find<'a>(&self, fields: Fields<'a>) -> Option<&'a [u8]> {
        match self {
            KeySource::Address => None,
            KeySource::Field(name) => fields.iter().find(|field| name.is(field.name)).map(|field| field.value),
            KeySource::Cookie(name) => fields
                .iter()
                .filter(|field| field.name.eq_ignore_ascii_case(b"cookie"))
                .flat_map(|field| field.value.split(|&byte| byte == b';'))
                .find_map(|pair| pair.trim_ascii().strip_prefix(name.as_bytes())?.strip_prefix(b"=")),
        }
    }
}

impl FromStr for KeySource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |name: &str| name.parse::<FieldName>().map_err(|wrong| wrong.to_string());
        match text.split_once(':') {
            None if text == "address" => Ok(KeySource::Address),
            // A cookie's name is a token, as a field's is (RFC 6265 4.1.1).
            Some(("cookie", name)) => named(name).map(|_| KeySource::Cookie(name.to_owned())),
            Some(("field", name)) => named(name).map(KeySource::Field),
            Some(_) | None => Err("no client can be known by that".to_owned()),
        }
    }
}

/// A share in percent, with two decimals at most.
#[derive(Clone, Copy)]
struct Percent(Share);

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seen;

        impl Visitor<'_> for Seen {
            type Value = Percent;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a percentage from 0 to 100, as in 5 or 0.25")
            }

            fn visit_i64<E: Error>(self, percent: i64) -> Result<Percent, E> {
                let share = u8::try_from(percent).ok().and_then(Share::percent);
                share.map(Percent).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Signed(percent), &self))
            }

            fn visit_f64<E: Error>(self, percent: f64) -> Result<Percent, E> {
                let parts = (percent * 100.0).round();
                if !(0.0..=10_000.0).contains(&parts) || (percent * 100.0 - parts).abs() > 1e-6 {
                    return Err(E::invalid_value(serde::de::Unexpected::Float(percent), &self));
                }
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is 0 to 10,000")]
                let parts = parts as u16;
                Share::of_ten_thousand(parts).map(Percent).ok_or_else(|| E::custom("the range was checked above"))
            }
        }

        deserializer.deserialize_any(Seen)
    }
}

/// The table as it is written. Only the two names have no default.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MigrationTable {
    old: Spanned<String>,
    new: Spanned<String>,
    shadow: Option<bool>,
    shadows: Option<NonZeroU32>,
    ignored_fields: Option<Vec<Spanned<String>>>,
    key: Option<Spanned<String>>,
    steps_percent: Option<Spanned<Vec<Percent>>>,
    requests: Option<NonZeroU32>,
    hold_ms: Option<u64>,
    more_errors_percent: Option<Percent>,
    slower_percent: Option<u16>,
    differences_percent: Option<Percent>,
}

impl MigrationTable {
    pub(super) fn check(
        self,
        source: &Source<'_>,
        upstreams: &[UpstreamConfig],
    ) -> Result<MigrationConfig, ConfigError> {
        const KEY: &str = "write \"address\", \"cookie:NAME\" or \"field:NAME\", as in \"cookie:session\"";
        const FIELD: &str = "name a field, as in ignored_fields = [\"Date\", \"Via\"]";
        for name in [&self.old, &self.new] {
            if !upstreams.iter().any(|upstream| upstream.name == *name.as_ref()) {
                let what = format!("there is no upstream with the name {:?}", name.as_ref());
                let names: Vec<_> = upstreams.iter().map(|upstream| upstream.name.as_str()).collect();
                let help = format!("name one of [[upstream]]: {}", names.join(", "));
                return Err(source.wrong(Some(name.span()), what, &help));
            }
        }
        if self.old.as_ref() == self.new.as_ref() {
            let what = format!("{:?} can't take over from itself", self.new.as_ref());
            return Err(source.wrong(Some(self.new.span()), what, "name two upstreams, with one [[upstream]] each"));
        }
        let ignored = match &self.ignored_fields {
            None => IGNORED.iter().map(|&name| name.to_owned()).collect(),
            Some(names) => {
                let checked = |name| source.parsed::<FieldName>(name, FIELD).map(|_| name.as_ref().clone());
                names.iter().map(checked).collect::<Result<_, _>>()?
            }
        };
        let key = self.key.map_or(Ok(KeySource::Address), |key| source.parsed(&key, KEY))?;
        let share = |percent: Option<Percent>| percent.map_or(percents(1), |Percent(share)| share);
        Ok(MigrationConfig {
            shadow: self.shadow.unwrap_or(true),
            shadows: self.shadows.unwrap_or(at_least(64)),
            ignored,
            key,
            steps: steps(source, self.steps_percent)?,
            thresholds: Thresholds {
                least: self.requests.unwrap_or(at_least(1_000)),
                more_errors: share(self.more_errors_percent),
                slower_percent: self.slower_percent.unwrap_or(50),
                differences: share(self.differences_percent),
                hold_ms: self.hold_ms.unwrap_or(600_000),
            },
            old: self.old.into_inner(),
            new: self.new.into_inner(),
        })
    }
}

fn steps(source: &Source<'_>, written: Option<Spanned<Vec<Percent>>>) -> Result<Steps, ConfigError> {
    const HELP: &str = "write growing shares that end with 100, as in steps_percent = [1, 10, 50, 100]";
    let (shares, span) = match written {
        Some(steps) => (steps.as_ref().iter().map(|&Percent(share)| share).collect(), Some(steps.span())),
        None => ([1, 5, 25, 50, 100].map(percents).to_vec(), None),
    };
    Steps::new(shares).map_err(|error| source.wrong(span, error, HELP))
}

fn percents(percent: u8) -> Share {
    Share::percent(percent).expect("our defaults are percentages")
}

fn at_least(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).expect("our defaults are not zero")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, DEFAULT};
    use std::path::Path;
    use wire::FieldLines;

    const TWO: &str = "[[upstream]]\nname = \"a\"\nservers = [\"http://a:1\"]\n\
                       [[upstream]]\nname = \"b\"\nservers = [\"http://b:1\"]\n[migration]\n";

    fn read(table: &str) -> Result<MigrationConfig, String> {
        Config::read(&format!("{TWO}{table}"), Path::new("proxy.toml"))
            .map(|config| config.migration.expect("there is a table"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_default_file_says_what_the_defaults_are() {
        let (_, table) = DEFAULT.split_once("# [migration]\n").expect("the default file has the table");
        let (table, _) = table.split_once("\n\n").expect("other tables follow");
        let lines = table.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| line.contains(" = "));
        let names = |line: &&str| !line.starts_with("old") && !line.starts_with("new");
        let shown: String = lines.filter(names).map(|line| format!("{line}\n")).collect();
        assert_eq!(shown.lines().count(), 10, "{shown}");
        let names = "old = \"a\"\nnew = \"b\"\n";
        assert_eq!(read(&format!("{names}{shown}")), read(names), "{shown}");
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_what_would_be_right() {
        for (table, place, words) in [
            ("new = \"b\"", "7:1: missing field `old`", "--default-config"),
            ("old = \"c\"\nnew = \"b\"", "8:7: there is no upstream with the name \"c\"", "a, b"),
            ("old = \"a\"\nnew = \"a\"", "9:7: \"a\" can't take over from itself", "two upstreams"),
            ("old = \"a\"\nnew = \"b\"\nkey = \"name\"", "10:7: \"name\": no client", "cookie:NAME"),
            ("old = \"a\"\nnew = \"b\"\nkey = \"field:a b\"", "10:7: \"field:a b\":", "field:NAME"),
            ("old = \"a\"\nnew = \"b\"\nsteps_percent = [5, 1, 100]", "10:17: the share 1.00 %", "does not grow"),
            ("old = \"a\"\nnew = \"b\"\nsteps_percent = [5]", "10:17: the last share", "end with 100"),
            ("old = \"a\"\nnew = \"b\"\nsteps_percent = [101]", "10:18: invalid value", "from 0 to 100"),
            ("old = \"a\"\nnew = \"b\"\nmore_errors_percent = 0.001", "10:23: invalid value", "0.25"),
            ("old = \"a\"\nnew = \"b\"\nignored_fields = [\"a b\"]", "10:19: \"a b\":", "name a field"),
            ("old = \"a\"\nnew = \"b\"\nrequests = 0", "10:12: invalid value", "nonzero"),
        ] {
            let error = read(table).expect_err("a bad table");
            assert!(error.starts_with(&format!("proxy.toml:{place}")) && error.contains(words), "{table}\n{error}");
        }
    }

    #[test]
    fn a_share_may_have_two_decimals() {
        let config = read("old = \"a\"\nnew = \"b\"\nsteps_percent = [0.25, 100]").expect("a good table");
        assert_eq!(config.steps.share(0), Share::of_ten_thousand(25));
    }

    #[test]
    fn a_client_is_known_by_its_cookie_or_its_field() {
        let mut lines = FieldLines::new();
        for (name, value) in [("X-User", "ada"), ("Cookie", "a=1; session=2"), ("cookie", "sess=3")] {
            lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
        }
        for (key, expected) in [
            ("address", None),
            ("field:x-user", Some("ada")),
            ("field:X-Other", None),
            ("cookie:session", Some("2")),
            ("cookie:sess", Some("3")),
            ("cookie:s", None),
        ] {
            let found = key.parse::<KeySource>().expect("a good key").find(lines.as_fields());
            assert_eq!(found, expected.map(str::as_bytes), "{key}");
        }
    }
}
