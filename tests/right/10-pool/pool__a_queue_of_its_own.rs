//! exercise = "10-pool"
//! mark = "*"
//! shape = "one lock around everything: the idle ones, the counts, and a queue with a channel for each waiter"

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard};
use tokio::sync::oneshot;
use wire::pool::{Look, PoolCounts, PoolLimits, Pooled};

/// The connections to one upstream.
#[derive(Debug)]
pub struct Pool<C> {
    limits: PoolLimits,
    state: Mutex<State<C>>,
}

#[derive(Debug)]
struct State<C> {
    /// The newest is last, with the time since when it waits.
    idle: VecDeque<(C, u64)>,
    /// Those who wait for a place. A place that is free goes to the first who still listens.
    queue: VecDeque<oneshot::Sender<()>>,
    counts: PoolCounts,
}

impl<C: Pooled> Pool<C> {
    /// An empty pool.
    pub fn new(limits: PoolLimits) -> Self {
        let state = State { idle: VecDeque::new(), queue: VecDeque::new(), counts: PoolCounts::default() };
        Self { limits, state: Mutex::new(state) }
    }

    /// Lends an idle connection, or a new one.
    ///
    /// # Errors
    /// What `dial` said.
    pub async fn lend<E>(
        &self,
        now_ms: u64,
        look: Look,
        dial: impl AsyncFnOnce() -> Result<C, E>,
    ) -> Result<Lent<'_, C>, E> {
        let turn = {
            let mut state = self.state();
            if state.counts.lent < self.limits.connections.max(1) {
                state.counts.lent += 1;
                None
            } else {
                let (sender, receiver) = oneshot::channel();
                state.queue.push_back(sender);
                state.counts.waits += 1;
                Some(Turn { pool: self, receiver })
            }
        };
        if let Some(mut turn) = turn {
            (&mut turn.receiver).await.expect("the pool sends before it forgets a sender");
        }
        let mut lent = Lent { pool: self, connection: None, reused: false };
        while let Some((connection, since_ms)) = lent.pool.newest() {
            if now_ms < since_ms.saturating_add(self.limits.idle_ms) && connection.is_quiet(look) {
                lent.connection = Some(connection);
                lent.reused = true;
                self.state().counts.reuses += 1;
                return Ok(lent);
            }
            drop(connection);
            self.state().counts.discards += 1;
        }
        lent.redial(dial).await
    }

    /// Closes the connections that have been idle for too long.
    pub fn expire(&self, now_ms: u64) {
        drop(self.old(&mut self.state(), now_ms));
    }

    /// What the pool has done, and what it holds.
    pub fn counts(&self) -> PoolCounts {
        let state = self.state();
        PoolCounts { idle: state.idle.len(), ..state.counts }
    }

    fn state(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().expect("nothing that can panic happens under this lock")
    }

    fn newest(&self) -> Option<(C, u64)> {
        self.state().idle.pop_back()
    }

    fn old(&self, state: &mut State<C>, now_ms: u64) -> Vec<C> {
        let mut old = Vec::new();
        while let Some((connection, since_ms)) = state.idle.pop_front() {
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms {
                state.idle.push_front((connection, since_ms));
                break;
            }
            old.push(connection);
        }
        state.counts.discards += old.len() as u64;
        old
    }

    /// Gives a place to the first who waits for one, or to nobody.
    fn free(&self) {
        let mut state = self.state();
        while let Some(first) = state.queue.pop_front() {
            if first.send(()).is_ok() {
                return;
            }
        }
        state.counts.lent -= 1;
    }
}

/// A request in the queue. One that leaves it after its turn has come passes the turn on.
struct Turn<'a, C: Pooled> {
    pool: &'a Pool<C>,
    receiver: oneshot::Receiver<()>,
}

impl<C: Pooled> Drop for Turn<'_, C> {
    fn drop(&mut self) {
        self.receiver.close();
        if self.receiver.try_recv().is_ok() {
            self.pool.free();
        }
    }
}

/// A connection that one request has, and its place in the pool.
#[derive(Debug)]
pub struct Lent<'a, C: Pooled> {
    pool: &'a Pool<C>,
    connection: Option<C>,
    reused: bool,
}

impl<C: Pooled> Lent<'_, C> {
    /// Whether it has served before.
    pub fn reused(&self) -> bool {
        self.reused
    }

    /// The same place with a new connection.
    ///
    /// # Errors
    /// What `dial` said.
    pub async fn redial<E>(mut self, dial: impl AsyncFnOnce() -> Result<C, E>) -> Result<Self, E> {
        self.close();
        match dial().await {
            Ok(connection) => self.connection = Some(connection),
            Err(error) => return Err(error),
        }
        self.reused = false;
        self.pool.state().counts.connects += 1;
        Ok(self)
    }

    /// Gives the connection back for the next request.
    pub fn give_back(mut self, now_ms: u64) {
        let Some(connection) = self.connection.take() else { return };
        let quiet = connection.is_quiet(Look::Quick);
        let mut state = self.pool.state();
        let old = self.pool.old(&mut state, now_ms);
        if quiet && state.idle.len() < self.pool.limits.idle {
            state.idle.push_back((connection, now_ms));
            drop(state);
        } else {
            state.counts.discards += 1;
            drop(state);
            drop(connection);
        }
        drop(old);
    }

    fn close(&mut self) {
        if self.connection.take().is_some() {
            self.pool.state().counts.discards += 1;
        }
    }
}

impl<C: Pooled> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        self.close();
        self.pool.free();
    }
}

impl<C: Pooled> Deref for Lent<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.connection.as_ref().expect("whoever has a Lent got it with a connection")
    }
}

impl<C: Pooled> DerefMut for Lent<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection.as_mut().expect("whoever has a Lent got it with a connection")
    }
}
