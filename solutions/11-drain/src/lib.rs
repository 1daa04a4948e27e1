//! Part 11, `drain`: stop accepting, finish what runs, and hand over to the next process.
//!
//! Nothing is ever sent on the channel that counts: it is there for its end. Each connection holds a sender
//! ([`Running`]), and `recv` says `None` when the last one is dropped. A sender that somebody forgets is a stop
//! that never ends.
//!
//! ```text
//! Gate::enter --> Running, Running, ...   each holds a sender
//!     Controller::drain: shut the door -> tell everybody -> wait until the last sender is gone, or the deadline
//!
//! Successor::ready --> Handover::outcome: takes over | failed (dropped before) | too late
//! ```
//!
//! Reads no clock and holds no socket: a deadline is a future. The descriptors that go from the old process to the
//! new one are `wire::drain::listen_fds` and the engine's.
// The model test puts loom in the place of `std` (tests/models), so what loom does not have is named by `core`.

use core::convert::Infallible;
use core::future::Future;
use std::sync::{Arc, Mutex};
use tokio::sync::{mpsc, oneshot, watch};
use wire::drain::{Drained, Succession};

const LOCK: &str = "nothing that can panic happens under this lock";

/// The sender that every [`Running`] gets a clone of, until the door is shut.
///
/// Shared by the gates and the controller; held only to clone the sender or to take it, never across an await.
type Door = Arc<Mutex<Option<mpsc::Sender<Infallible>>>>;

/// Where connections come in. Each accept loop has one.
#[derive(Clone, Debug)]
pub struct Gate {
    door: Door,
    news: News,
}

/// Held by a connection for as long as it runs: the stop waits for its drop.
#[derive(Debug)]
pub struct Running {
    /// Nothing is sent. That it lives is the message.
    _alive: mpsc::Sender<Infallible>,
    news: News,
}

/// Hears of the stop, and is not waited for: whoever reads it need not be inside.
#[derive(Clone, Debug)]
pub struct News(watch::Receiver<bool>);

/// Whoever has it decides when to stop. There is one.
#[derive(Debug)]
pub struct Controller {
    door: Door,
    draining: watch::Sender<bool>,
    /// Ends when no sender is left.
    ended: mpsc::Receiver<Infallible>,
}

/// An open gate, and the controller that can shut it.
pub fn gate() -> (Gate, Controller) {
    // One message is the least that a channel can hold; this one never holds any.
    let (alive, ended) = mpsc::channel(1);
    let (draining, news) = watch::channel(false);
    let door = Arc::new(Mutex::new(Some(alive)));
    (Gate { door: door.clone(), news: News(news) }, Controller { door, draining, ended })
}

impl Gate {
    /// Lets a connection in, and has the stop wait for it. `None` once the stop has begun.
    pub fn enter(&self) -> Option<Running> {
        // exercise: begin enter
        let door = self.door.lock().expect(LOCK);
        let alive = door.as_ref()?.clone();
        Some(Running { _alive: alive, news: self.news.clone() })
        // exercise: stub
        // todo!("clone the sender that is behind the door, if it is still there, into a Running")
        // exercise: end
    }

    /// Hears of the stop, for whoever is not waited for.
    pub fn news(&self) -> News {
        self.news.clone()
    }
}

impl Running {
    /// Hears of the stop.
    pub fn news(&self) -> &News {
        &self.news
    }
}

impl News {
    /// Ends when the stop begins, at once if it has begun, and also when the controller was dropped: nobody would
    /// ever say so then.
    pub async fn draining(&self) {
        // exercise: begin draining
        let mut news = self.0.clone();
        // An error is the news that there will be no news.
        news.wait_for(|draining| *draining).await.ok();
        // exercise: stub
        // todo!("wait on a clone of the watch channel until it says true, or until its sender is gone")
        // exercise: end
    }

    /// Whether the stop has begun.
    pub fn is_draining(&self) -> bool {
        *self.0.borrow()
    }
}

impl Controller {
    /// Shuts the door, tells everybody who is inside, and waits until the last one has left or `deadline` ends.
    pub async fn drain(mut self, deadline: impl Future<Output = ()>) -> Drained {
        // exercise: begin drain
        // The door's own sender goes first: `recv` would wait for it as well.
        self.door.lock().expect(LOCK).take();
        self.draining.send_replace(true);
        tokio::select! {
            biased;
            _ = self.ended.recv() => Drained::All,
            () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
        }
        // exercise: stub
        // todo!("take the sender out of the door, send true, then wait for the end of the channel or for the deadline")
        // exercise: end
    }
}

/// Held by whoever watches the next process start. Dropped before [`ready`](Self::ready), it says that this failed.
#[derive(Debug)]
pub struct Successor(oneshot::Sender<()>);

/// Held by the process that waits to be replaced.
#[derive(Debug)]
pub struct Handover(oneshot::Receiver<()>);

/// The two ends of a handover.
pub fn handover() -> (Successor, Handover) {
    let (ready, news) = oneshot::channel();
    (Successor(ready), Handover(news))
}

impl Successor {
    /// The next process accepts connections. `false` when nobody waits for it any more: then it has to end.
    ///
    /// It takes `self`: a process gets ready once.
    pub fn ready(self) -> bool {
        self.0.send(()).is_ok()
    }
}

impl Handover {
    /// Waits until the successor is ready or has failed, or until `deadline` ends.
    ///
    /// Both sides come to the same end: when this says [`Succession::TooLate`], then [`Successor::ready`] has said or
    /// will say `false`.
    pub async fn outcome(mut self, deadline: impl Future<Output = ()>) -> Succession {
        // exercise: begin outcome
        tokio::select! {
            biased;
            news = &mut self.0 => match news {
                Ok(()) => Succession::TakesOver,
                Err(_) => Succession::Failed,
            },
            () = deadline => {
                // From here on `ready` says false; before that, it may have said true while we looked at the clock.
                self.0.close();
                if self.0.try_recv().is_ok() { Succession::TakesOver } else { Succession::TooLate }
            }
        }
        // exercise: stub
        // todo!("wait for the news or for the deadline; at the deadline close the channel, and look once more")
        // exercise: end
    }
}
