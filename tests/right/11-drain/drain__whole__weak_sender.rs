//! exercise = "11-drain"
//! mark = "*"
//! shape = "a whole other part: no lock at all, the gate has a weak sender"

//! Part 11, `drain`, in another manner: the gate holds a sender that does not count, and there is no lock.

use std::convert::Infallible;
use std::future::Future;
use tokio::sync::{mpsc, oneshot, watch};
use wire::drain::{Drained, Succession};

/// Where connections come in.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Good for a sender as long as there is another one.
    weak: mpsc::WeakSender<Infallible>,
    news: News,
}

/// Held by a connection for as long as it runs.
#[derive(Debug)]
pub struct Running {
    _alive: mpsc::Sender<Infallible>,
    news: News,
}

/// Hears of the stop.
#[derive(Clone, Debug)]
pub struct News {
    draining: watch::Receiver<bool>,
}

/// Whoever has it decides when to stop.
#[derive(Debug)]
pub struct Controller {
    alive: mpsc::Sender<Infallible>,
    draining: watch::Sender<bool>,
    ended: mpsc::Receiver<Infallible>,
}

/// An open gate, and its controller.
pub fn gate() -> (Gate, Controller) {
    let (alive, ended) = mpsc::channel(1);
    let (draining, news) = watch::channel(false);
    (Gate { weak: alive.downgrade(), news: News { draining: news } }, Controller { alive, draining, ended })
}

impl Gate {
    /// Lets a connection in, unless the stop has begun.
    pub fn enter(&self) -> Option<Running> {
        // The sender first: whoever has one is waited for, whatever begins a moment later.
        let alive = self.weak.upgrade()?;
        if self.news.is_draining() {
            return None;
        }
        Some(Running { _alive: alive, news: self.news.clone() })
    }

    /// Hears of the stop.
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
    /// Ends when the stop begins, or the controller is gone.
    pub async fn draining(&self) {
        let mut news = self.draining.clone();
        let _ = news.wait_for(|draining| *draining).await;
    }

    /// Whether the stop has begun.
    pub fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }
}

impl Controller {
    /// Tells everybody, and waits for the last one or for the deadline.
    pub async fn drain(self, deadline: impl Future<Output = ()>) -> Drained {
        let Self { alive, draining, mut ended } = self;
        draining.send_replace(true);
        drop(alive);
        tokio::select! {
            biased;
            _ = ended.recv() => Drained::All,
            () = deadline => Drained::Cut { left: ended.sender_strong_count() },
        }
    }
}

/// Held by whoever watches the next process start.
#[derive(Debug)]
pub struct Successor {
    ready: oneshot::Sender<()>,
}

/// Held by the process that waits to be replaced.
#[derive(Debug)]
pub struct Handover {
    news: oneshot::Receiver<()>,
}

/// The two ends of a handover.
pub fn handover() -> (Successor, Handover) {
    let (ready, news) = oneshot::channel();
    (Successor { ready }, Handover { news })
}

impl Successor {
    /// The next process accepts connections; `false` when nobody waits for it.
    pub fn ready(self) -> bool {
        self.ready.send(()) == Ok(())
    }
}

impl Handover {
    /// Waits for the news, or for the deadline.
    pub async fn outcome(self, deadline: impl Future<Output = ()>) -> Succession {
        let Self { mut news } = self;
        let heard = tokio::select! {
            biased;
            heard = &mut news => Some(heard),
            () = deadline => None,
        };
        match heard {
            Some(Ok(())) => Succession::TakesOver,
            Some(Err(_)) => Succession::Failed,
            None => {
                news.close();
                news.try_recv().map_or(Succession::TooLate, |()| Succession::TakesOver)
            }
        }
    }
}
