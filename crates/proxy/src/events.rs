//! What happens in the proxy, as it happens, for whoever wants to watch.
//!
//! Owns the stream of events. Without a listener an event costs one look at a number: it is not even made.
//! A listener that is too slow misses events and is told how many; nobody waits for it.

use crate::migration::view::Differing;
use serde::Serialize;
use std::time::Instant;
use tokio::sync::broadcast::{self, Receiver, Sender};

/// Events that are kept for a listener that is behind.
const KEPT: usize = 4 * 1024;

/// One event. In JSON, `event` names the kind.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(crate) enum Event {
    /// A client's connection has come to another state.
    Connection {
        /// Counts the connections, from 1.
        connection: u64,
        /// The name of the state, as part `connection` has it.
        state: &'static str,
    },
    /// A request has a whole head.
    Began {
        /// The connection that it came on.
        connection: u64,
        /// The method, as the client spelled it.
        method: String,
        /// The request-target, as the client spelled it.
        target: String,
    },
    /// The rules have judged a request.
    Judged {
        /// The connection that it came on.
        connection: u64,
        /// The target, as the client spelled it.
        target: String,
        /// The status of the answer in the upstream's place, if there is one.
        status: Option<u16>,
        /// What is changed: the target, and how many lists of fields, in the request and in the response.
        edits: [usize; 3],
    },
    /// A connection to a server has gone from one hand to another.
    Pool {
        /// What became of it.
        outcome: PoolOutcome,
        /// Counts the connections to servers, from 1.
        link: u64,
        /// The server.
        server: String,
        /// The client's connection whose request has it. `None`: nobody's, or a copy's in the shadow.
        connection: Option<u64>,
    },
    /// The answer to a request has a head, and begins to go to the client.
    Responding {
        /// The connection that the request came on.
        connection: u64,
        /// The status of the answer.
        status: u16,
    },
    /// A request has got its answer.
    Request(Request),
    /// A migration has come to another stage.
    Migration {
        /// The stage, as the status page shows it.
        stage: serde_json::Value,
    },
    /// In the shadow, the new upstream has answered otherwise than the old one.
    Differs(Differing),
    /// The new upstream can't do that yet, and the old one was asked.
    FellBack {
        /// The target, as the client spelled it.
        target: String,
        /// What the new one can't do.
        reason: &'static str,
    },
    /// A head was refused and never became a request.
    Refused {
        /// The connection that it came on; left out where nobody can say, and in the access log.
        #[serde(skip_serializing_if = "Option::is_none")]
        connection: Option<u64>,
        /// The status that the client got.
        status: u16,
        /// What is wrong with the head.
        reason: String,
    },
    /// The cache has had a part in a request, or would have had one.
    Cache {
        /// The connection that the request came on.
        connection: u64,
        /// What it was.
        outcome: CacheOutcome,
        /// The request-target, as the client spelled it.
        target: String,
    },
    /// The rule file was read anew.
    Reloaded {
        /// What is wrong with it, if anything is; the rules before stay in force then.
        error: Option<String>,
    },
    /// A successor was started.
    Restarted {
        /// "takes-over", "failed" or "too-late".
        outcome: &'static str,
        /// The process that takes over.
        pid: Option<u32>,
        /// Why there is none; this process goes on serving then.
        error: Option<String>,
    },
    /// The listener was too slow, and missed events.
    Missed {
        /// How many.
        count: u64,
    },
}

/// What the cache did for a request. One that waits is told of twice: `Wait`, and then what came of it.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CacheOutcome {
    /// A kept answer was there.
    Hit,
    /// There was none, and nobody was asking for it.
    Miss,
    /// Somebody else was asking for it.
    Wait,
    /// The upstream says that a stale answer still holds.
    Revalidated,
    /// The request, or its answer, is not for the cache.
    Pass,
    /// The answer is kept, if it was not made untrue meanwhile.
    Stored,
}

/// What became of a connection to a server.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PoolOutcome {
    /// A request has it, and is the first to have it.
    Opened,
    /// A request has it after others.
    Reused,
    /// The request that had it has given it back. The pool may close it all the same: it is discarded then.
    Returned,
    /// It is closed: it was of no more use, or it waited for too long.
    Discarded,
}

/// A request that has got its answer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Request {
    /// The connection that it came on; left out in the access log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) connection: Option<u64>,
    /// The method, as the client spelled it.
    pub(crate) method: String,
    /// The request-target, as the client spelled it.
    pub(crate) target: String,
    /// The status of the answer.
    pub(crate) status: u16,
    /// Body bytes from the client.
    pub(crate) request_bytes: u64,
    /// Body bytes to the client.
    pub(crate) response_bytes: u64,
    /// From the whole head to the end of the answer.
    pub(crate) micros: u64,
}

/// An event, and when it happened.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Stamped {
    /// Microseconds since the proxy started.
    pub(crate) at_us: u64,
    /// What happened.
    #[serde(flatten)]
    pub(crate) event: Event,
}

/// The stream, shared by everybody who has something to tell.
#[derive(Debug)]
pub(crate) struct Events {
    sender: Sender<Stamped>,
    started: Instant,
}

impl Events {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::channel(KEPT).0, started: Instant::now() }
    }

    /// Tells what happened, if anybody listens; only then is `event` called.
    pub(crate) fn tell(&self, event: impl FnOnce() -> Event) {
        if self.sender.receiver_count() > 0 {
            // The last listener may have left in this moment.
            self.sender.send(self.stamped(event())).ok();
        }
    }

    /// `event`, as something that happens now.
    pub(crate) fn stamped(&self, event: Event) -> Stamped {
        Stamped { at_us: u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX), event }
    }

    /// Everything that happens from now on.
    pub(crate) fn listen(&self) -> Receiver<Stamped> {
        self.sender.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_listener_no_event_is_made() {
        Events::new().tell(|| unreachable!("nobody listens"));
    }

    #[test]
    fn an_event_is_one_flat_object_with_its_kind_and_its_time() {
        let events = Events::new();
        let mut listener = events.listen();
        events.tell(|| Event::Missed { count: 7 });
        let got = listener.try_recv().map(|event| serde_json::to_value(event).expect("plain data"));
        let mut got = got.expect("it was told");
        assert!(got["at_us"].take().is_u64());
        let expected = serde_json::json!({"at_us": null, "event": "missed", "count": 7});
        assert_eq!(got, expected);
    }
}
