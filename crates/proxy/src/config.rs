//! The settings file, `proxy.toml`: a text in, a checked [`Config`] out.
//!
//! Owns the names of the settings and what is wrong with a file: every mistake is told with its line and column,
//! and with what would be right. Leaves out the rules, which are a file of their own (part `rules`), because they
//! change while the proxy runs. `proxy.toml` beside this crate's manifest says what each setting means.

mod migration;
mod tables;

use crate::settings::Settings;
use crate::url::UpstreamUrl;
use migration::MigrationTable;
pub use migration::{KeySource, MigrationConfig};
use serde::Deserialize;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use tables::{CacheTable, LimitsTable, TimeoutsTable, UpstreamTable};
use toml::Spanned;
use wire::balancer::{Ejection, Policy};
use wire::cache::CacheLimits;
use wire::pool::PoolLimits;

/// The commented default, as `--default-config` prints it.
pub const DEFAULT: &str = include_str!("../proxy.toml");

/// Everything that a proxy is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where clients connect.
    pub listen: SocketAddr,
    /// Where operators look, if they do. Always a loopback address.
    pub admin: Option<SocketAddr>,
    /// The rule file, if there is one.
    pub rules: Option<PathBuf>,
    /// Where requests may go; the first one gets what no rule sends elsewhere. Empty: every request is 503.
    pub upstreams: Vec<UpstreamConfig>,
    /// How much is kept of the answers of routes that say `cache = true`; nothing, without it.
    pub cache: Option<CacheLimits>,
    /// One upstream that takes over from another, if one is to.
    pub migration: Option<MigrationConfig>,
    /// The access log.
    pub access: Access,
    /// Limits and time-outs.
    pub settings: Settings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            admin: None,
            rules: None,
            upstreams: Vec::new(),
            cache: None,
            migration: None,
            access: Access::default(),
            settings: Settings::default(),
        }
    }
}

/// A named group of servers that can all answer the same requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamConfig {
    /// What rules call it.
    pub name: String,
    /// The servers; at least one.
    pub servers: Vec<UpstreamUrl>,
    /// How one of them is chosen.
    pub policy: Policy,
    /// When a server that fails is left alone, and for how long.
    pub ejection: Ejection,
    /// The connections to each server.
    pub pool: PoolLimits,
}

impl UpstreamConfig {
    /// A group of one server.
    pub fn single(url: UpstreamUrl) -> Self {
        Self {
            name: "default".to_owned(),
            servers: vec![url],
            policy: Policy::RoundRobin,
            // To leave a lone server alone would help nobody.
            ejection: Ejection { failures: 0, ..Ejection::default() },
            pool: PoolLimits::default(),
        }
    }
}

/// What the access log looks like.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Nothing is written.
    #[default]
    Off,
    /// One line of JSON a request, and one for each head that never became a request.
    Json,
    /// One line of Combined Log Format a request, with the time it took at the end.
    Combined,
}

/// A settings file that can't be used: where, why, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    file: PathBuf,
    /// Line and column, from 1.
    place: Option<(usize, usize)>,
    what: String,
    help: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}\nhelp: {}", self.what, self.help)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the file at `path`. Paths in it are seen from its own folder.
    ///
    /// # Errors
    /// It can't be read, or says something that we don't understand.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError {
            file: path.to_owned(),
            place: None,
            what: format!("it can't be read: {error}"),
            help: "`proxylings-proxy --default-config` prints one to begin with".to_owned(),
        })?;
        Self::read(&text, path)
    }

    /// Reads `text`, which came from the file `path`.
    ///
    /// # Errors
    /// It says something that we don't understand.
    pub fn read(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let source = Source { text, path };
        let file: File = toml::from_str(text).map_err(|error| {
            let help = format!("compare it with `proxylings-proxy --default-config`; {UNITS}");
            source.wrong(error.span(), error.message().trim_end(), &help)
        })?;
        file.check(&source)
    }
}

const UNITS: &str = "times are whole milliseconds (`…_ms`), sizes are bytes (`…_bytes`)";

/// The text that a value came from, to say where it stands.
struct Source<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Source<'_> {
    fn wrong(&self, span: Option<std::ops::Range<usize>>, what: impl fmt::Display, help: &str) -> ConfigError {
        let place = span.map(|span| {
            let before = self.text.get(..span.start).unwrap_or(self.text);
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
        });
        ConfigError { file: self.path.to_owned(), place, what: what.to_string(), help: help.to_owned() }
    }

    fn parsed<T: std::str::FromStr<Err: fmt::Display>>(
        &self,
        value: &Spanned<String>,
        help: &str,
    ) -> Result<T, ConfigError> {
        value
            .as_ref()
            .parse()
            .map_err(|error| self.wrong(Some(value.span()), format_args!("{:?}: {error}", value.as_ref()), help))
    }
}

/// The file as it is written. Whatever is missing has its default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    listen: Spanned<String>,
    via: Option<Spanned<String>>,
    label: String,
    rules: Option<PathBuf>,
    admin: Option<Spanned<String>>,
    access_log: Access,
    upstream: Vec<UpstreamTable>,
    cache: Option<CacheTable>,
    migration: Option<MigrationTable>,
    limits: LimitsTable,
    timeouts: TimeoutsTable,
}

impl Default for File {
    fn default() -> Self {
        Self {
            listen: Spanned::new(0..0, Config::default().listen.to_string()),
            via: None,
            label: String::new(),
            rules: None,
            admin: None,
            access_log: Access::default(),
            upstream: Vec::new(),
            cache: None,
            migration: None,
            limits: LimitsTable::default(),
            timeouts: TimeoutsTable::default(),
        }
    }
}

impl File {
    fn check(self, source: &Source<'_>) -> Result<Config, ConfigError> {
        const ADDRESS: &str = "write an IP address and a port, as in \"127.0.0.1:8080\"; port 0 takes a free one";
        const NAME: &str = "write a name that no other proxy on the way has, as in \"cafe-1\", or leave it out";
        let via = self.via.map(|name| source.parsed(&name, NAME)).transpose()?;
        let mut settings = Settings { via, label: self.label, ..Settings::default() };
        self.limits.put(&mut settings);
        self.timeouts.put(&mut settings.timeouts);
        let admin = self.admin.map(|value| loopback(source, &value, ADDRESS)).transpose()?;
        let mut upstreams: Vec<UpstreamConfig> = Vec::new();
        for table in &self.upstream {
            let name = table.name.as_ref();
            if upstreams.iter().any(|known| known.name == *name) {
                let what = format!("there are two upstreams with the name {name:?}");
                return Err(source.wrong(Some(table.name.span()), what, "give each upstream a name of its own"));
            }
            let servers = servers(source, &table.servers)?;
            upstreams.push(UpstreamConfig {
                name: name.clone(),
                servers,
                policy: table.policy(),
                ejection: table.ejection(),
                pool: table.pool(),
            });
        }
        let migration = self.migration.map(|table| table.check(source, &upstreams)).transpose()?;
        Ok(Config {
            listen: source.parsed(&self.listen, ADDRESS)?,
            admin,
            rules: self.rules.map(|path| source.path.parent().unwrap_or(Path::new("")).join(path)),
            upstreams,
            cache: self.cache.as_ref().map(CacheTable::limits),
            migration,
            access: self.access_log,
            settings,
        })
    }
}

fn loopback(source: &Source<'_>, value: &Spanned<String>, help: &str) -> Result<SocketAddr, ConfigError> {
    let address: SocketAddr = source.parsed(value, help)?;
    let is_loopback = match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    };
    if is_loopback {
        return Ok(address);
    }
    let what = format!("the admin listener can't be at {address}: it asks nobody for a password");
    Err(source.wrong(Some(value.span()), what, "use a loopback address, as in \"127.0.0.1:8081\""))
}

fn servers(source: &Source<'_>, urls: &Spanned<Vec<Spanned<String>>>) -> Result<Vec<UpstreamUrl>, ConfigError> {
    const HELP: &str = "name at least one server, as in servers = [\"http://127.0.0.1:9000\"]";
    if urls.as_ref().is_empty() {
        return Err(source.wrong(Some(urls.span()), "an upstream needs a server", HELP));
    }
    urls.as_ref().iter().map(|url| source.parsed(url, HELP)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn read(text: &str) -> Result<Config, String> {
        Config::read(text, Path::new("etc/proxy.toml")).map_err(|error| error.to_string())
    }

    /// The default file with every setting switched on: `# key = value` becomes `key = value`.
    fn switched_on() -> String {
        let setting = |line: &str| {
            let words = line.strip_prefix("# ")?;
            let (key, _) = words.split_once(" = ")?;
            key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then(|| words.to_owned())
        };
        DEFAULT.lines().map(|line| setting(line).unwrap_or(line.to_owned()) + "\n").collect()
    }

    #[test]
    fn the_default_file_says_what_the_defaults_are() {
        let default = format!("{:?}", Config::default());
        assert_eq!(read("").map(|config| format!("{config:?}")), Ok(default.clone()), "an empty file");
        assert_eq!(read(DEFAULT).map(|config| format!("{config:?}")), Ok(default.clone()), "as it is printed");
        let text = switched_on();
        // The upstreams, and some others, have no default that a file could say.
        let (top, rest) = text.split_once("[[upstream]]").expect("it shows an upstream");
        let (_, tables) = rest.split_once("[limits]").expect("the limits come after the migration");
        let text: String = format!("{top}\n[limits]{tables}")
            .lines()
            .filter(|line| !["admin", "rules", "via"].iter().any(|key| line.starts_with(key)))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(read(&text).map(|config| format!("{config:?}")), Ok(default), "switched on:\n{text}");
    }

    #[test]
    fn the_default_file_names_every_setting() {
        for table in ["", "[limits]\n", "[timeouts]\n", "[cache]\n", "[migration]\n", "[[upstream]]\n"] {
            let error = read(&format!("{table}nonsense = 1")).expect_err("there is no such setting");
            let (_, names) = error.split_once(", expected ").expect("serde lists what it expects");
            let names: Vec<_> = names.lines().next().unwrap_or_default().split('`').skip(1).step_by(2).collect();
            assert!(names.len() > 1, "{error}");
            for name in names {
                let is_there = DEFAULT
                    .lines()
                    .any(|line| line.trim_matches(['#', ' ', '[', ']']).split(" =").next() == Some(name));
                assert!(is_there, "proxy.toml does not speak of `{name}`");
            }
        }
    }

    #[test]
    fn a_whole_file_is_understood() {
        let config = read(
            "listen = \"127.0.0.1:0\"\nadmin = \"[::1]:0\"\nrules = \"rules.toml\"\naccess_log = \"combined\"\n\
             via = \"cafe-1\"\n[[upstream]]\nname = \"app\"\nservers = [\"http://127.0.0.1:9000\"]\n[limits]\nclients = 7\n\
             [timeouts]\nhead_ms = 1_500\n",
        )
        .expect("a good file");
        assert_eq!(config.rules, Some(PathBuf::from("etc/rules.toml")), "seen from the file's folder");
        assert_eq!((config.upstreams[0].name.as_str(), config.upstreams[0].servers.len()), ("app", 1));
        assert_eq!((config.settings.clients, config.settings.timeouts.head), (7, Duration::from_millis(1_500)));
        assert_eq!(config.access, Access::Combined);
        assert_eq!(config.settings.via, "cafe-1".parse().ok());
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_what_would_be_right() {
        for (text, place, words) in [
            ("via = \"a b\"", ":1:7: \"a b\": a name in Via", "no other proxy"),
            ("a = ", ":1:", "help: "),
            ("[limits]\nheads_bytes = 1", ":2:1: unknown field `heads_bytes`", "`head_bytes`"),
            ("[timeouts]\nhead_ms = \"10s\"", ":2:11: invalid type: string", "whole milliseconds"),
            ("[timeouts]\nhead_ms = -1", ":2:11: invalid value: integer `-1`", "whole milliseconds"),
            ("listen = \"8080\"", ":1:10: \"8080\"", "127.0.0.1:8080"),
            ("\nadmin = \"0.0.0.0:1\"", ":2:9: the admin listener", "loopback"),
            ("access_log = \"common\"", ":1:14: unknown variant `common`", "`combined`"),
            ("[[upstream]]\nname = \"a\"\nservers = []", ":3:11: an upstream needs a server", "at least one"),
            ("[[upstream]]\nname = \"a\"\nservers = [\"a:1\"]", ":3:12: \"a:1\"", "http://"),
            (
                "[[upstream]]\nname = \"a\"\nservers = [\"http://a:1\"]\n[[upstream]]\nname = \"a\"\nservers = [\"http://a:1\"]",
                ":5:8: there are two",
                "a name of its own",
            ),
        ] {
            let error = read(text).expect_err("a bad file");
            assert!(error.starts_with(&format!("etc/proxy.toml{place}")) && error.contains(words), "{text}\n{error}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_told_by_its_name() {
        let error = Config::load(Path::new("nowhere/proxy.toml")).expect_err("no file").to_string();
        assert!(error.starts_with("nowhere/proxy.toml: it can't be read"), "{error}");
    }
}
