//! What every connection of a server reads.
//!
//! Owns the settings, the upstream, the log, and the news that the server is stopping. Leaves out who says so.

use crate::hops::Via;
use crate::log::Log;
use crate::settings::Settings;
use crate::upstream::Upstream;
use tokio::sync::watch;

/// What every connection reads and none changes.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) upstream: Upstream,
    pub(crate) via: Via,
    pub(crate) log: Log,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Shared {
    pub(crate) fn is_draining(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Ends when the stop begins.
    pub(crate) async fn draining(&self) {
        // The sender lives as long as the server, and connections do not outlive that by choice.
        let _ = self.stopping.clone().wait_for(|stopping| *stopping).await;
    }
}
