//! The proxy: real sockets, and the wiring that joins the parts.
//!
//! Owns every socket, every timer and every task. Leaves out what the parts do: they take bytes in and give
//! values out, and only `parts` knows them by name. A request travels like this:
//!
//! ```text
//! server -> connection -> parts (cut, parse, hand_on) -> plan -> forward -> parts (recycle) -> connection
//! ```
//!
//! `framing`, `chunked`, `fields` and `target` are pure: bytes in, facts out. `body` moves bodies, `heads`
//! writes heads, `upstream` keeps the idle connections.

mod body;
mod chunked;
mod connection;
mod date;
mod fields;
mod forward;
mod framing;
mod heads;
mod log;
mod origin;
mod page;
mod parts;
mod plan;
#[cfg(test)]
mod properties;
mod refusal;
mod server;
mod settings;
mod shared;
mod target;
mod upstream;

pub use log::{Json, Log, report_panics};
pub use origin::Origin;
pub use server::{Drained, Server};
pub use settings::{Settings, Timeouts};
pub use upstream::{Upstream, UpstreamUrl, UrlError};
