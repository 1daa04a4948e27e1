//! What became of a request: it was answered, or it was not, and why.

use crate::parts::Panicked;
use crate::refusal::Refusal;
use wire::connection::{Action, Event};

/// What became of a request that was forwarded.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: u16,
    /// Body bytes from the client.
    pub(crate) request_bytes: u64,
    /// Body bytes to the client.
    pub(crate) response_bytes: u64,
    /// What becomes of the client's connection.
    pub(crate) action: Action,
}

/// No response has begun.
#[derive(Debug)]
pub(crate) struct Unanswered {
    /// What the proxy would say.
    pub(crate) refusal: Refusal,
    /// What the machine makes of it.
    pub(crate) action: Result<Action, Panicked>,
}

impl From<Panicked> for Unanswered {
    fn from(panic: Panicked) -> Self {
        Self { refusal: Refusal::ours(&panic), action: Err(panic) }
    }
}

/// Why an attempt came to nothing.
pub(crate) enum Failed {
    /// The connection broke before the first byte of a response: perhaps it was dead before.
    Silent(String),
    /// There was no connection. This is what we would say, and what happened.
    Unreachable(Refusal, Event),
    /// The upstream was not asked. This is what we would say.
    Instead(Refusal),
    /// A 304 that does not speak of what we have: ask without validators.
    AskAgain,
    /// The server can't do that, and there is another one that can. The client has heard nothing of it.
    Unsupported,
    Refused(Unanswered),
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Failed::Instead(refusal)
    }
}

impl From<Panicked> for Failed {
    fn from(panic: Panicked) -> Self {
        Failed::Refused(panic.into())
    }
}

impl Failed {
    /// Whether it was the server that failed.
    pub(crate) fn is_upstreams(&self) -> bool {
        match self {
            Failed::Silent(_) | Failed::Unreachable(..) => true,
            Failed::Refused(unanswered) => matches!(unanswered.refusal.status, 502 | 504),
            Failed::Instead(_) | Failed::AskAgain | Failed::Unsupported => false,
        }
    }
}
