//! The proxy: real sockets, and the wiring that joins the parts.
//!
//! Owns every socket, every timer and every task. Leaves out what the parts do: they take bytes in and give
//! values out, and only `parts` knows them by name. A request travels like this:
//!
//! ```text
//! server -> connection -> parts (cut, parse, hand_on) -> plan -> forward -> parts (recycle) -> connection
//! ```
//!
//! `chunked`, `hops` and `target` are pure: bytes in, facts out. `body` moves bodies, `heads` writes heads,
//! `upstream` keeps the idle connections. The part `connection` is asked what happens next on a connection;
//! `tunnel` moves bytes after an upgrade. Where one upstream takes over from another, `migration` asks the part of that
//! name which of them answers, and `shadow` sends copies.

mod admin;
mod body;
mod cached;
mod chunked;
mod config;
mod connection;
mod date;
mod dispatch;
mod events;
mod forward;
mod handed;
mod heads;
mod hops;
mod log;
mod mend;
mod metrics;
mod migration;
mod operator;
mod origin;
mod outcome;
mod page;
mod parts;
mod plan;
#[cfg(test)]
mod properties;
mod recent;
mod refusal;
mod running;
mod server;
mod settings;
mod shadow;
mod shared;
mod site;
mod status;
mod successor;
mod target;
mod tunnel;
mod upgrade;
mod upload;
mod upstreams;
mod url;

pub use config::{Access, Config, ConfigError, DEFAULT as DEFAULT_CONFIG, KeySource, MigrationConfig, UpstreamConfig};
pub use handed::{Handed, Predecessor};
pub use hops::{Pseudonym, PseudonymError};
pub use log::report_panics;
pub use operator::Operator;
pub use parts::watch_parts;
pub use running::Running;
pub use server::{Drained, Server, StartError};
pub use settings::{Settings, Timeouts};
pub use successor::Program;
pub use url::{UpstreamUrl, UrlError};
