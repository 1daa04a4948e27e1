//! What every connection of a server reads.
//!
//! Owns the settings, the upstreams, the rules, the log, and the news that the server is stopping, with or without a
//! successor. Leaves out who says so.

use crate::hops::Via;
use crate::log::Log;
use crate::migration::Migration;
use crate::operator::Succession;
use crate::parts::cache::Cache;
use crate::parts::drain::{self, News};
use crate::settings::Settings;
use crate::site::Site;
use crate::upstreams::Upstream;

/// What every connection reads and none changes.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    /// At least one: the first gets what no rule sends elsewhere.
    pub(crate) upstreams: Vec<Upstream>,
    /// The rules, if there are any.
    pub(crate) site: Option<Site>,
    /// The answers that are kept, if any are.
    pub(crate) cache: Option<Cache>,
    /// One upstream that takes over from another, if one is to.
    pub(crate) migration: Option<Migration>,
    pub(crate) via: Via,
    pub(crate) log: Log,
    pub(crate) news: News,
    pub(crate) succession: Succession,
}

impl Shared {
    /// Milliseconds since the proxy started: the clock of every part that needs one.
    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.log.metrics.uptime().as_millis()).unwrap_or(u64::MAX)
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.news.is_draining()
    }

    /// Ends when the stop begins.
    pub(crate) async fn draining(&self) {
        drain::draining(&self.news).await;
    }

    /// Ends when the stop means that a connection without a request has to close.
    pub(crate) async fn idle_ends(&self) {
        self.draining().await;
        self.succession.idle_ends().await;
    }
}
