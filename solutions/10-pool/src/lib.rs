//! Part 10, `pool`: upstream connections are owned, lent, given back or thrown away.
//!
//! A connection is in one of three hands: idle in the [`Pool`], lent to one request as a [`Lent`], or closed.
//! Before a request can have one, it takes a *place*; there are as many places as connections may be open.
//! A `Lent` owns its connection and its place, so whoever drops it, for whatever reason, closes the one and frees
//! the other. Only [`Lent::give_back`] keeps the connection:
//!
//! ```text
//! wait for a place -> reuse an idle one, or dial -> Lent --give_back--> idle
//!                                                     '------drop-----> closed
//! ```
//!
//! Knows no sockets and no clock: how to dial, and what time it is, come in as arguments.
// The model test puts loom in the place of `std` (tests/models), so what loom does not have is named by `core`.

use core::ops::{Deref, DerefMut};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};
use wire::pool::{Look, PoolCounts, PoolLimits, Pooled};

const LOCK: &str = "nothing that can panic happens under this lock";

/// The connections to one upstream.
#[derive(Debug)]
pub struct Pool<C> {
    limits: PoolLimits,
    /// One permit a place. Whoever waits for one gets it in order; whoever stops waiting leaves the queue.
    places: Semaphore,
    /// Shared with every request's task; held only while we push or pop, never across an await.
    /// The newest is last. We lend it first: the warmest connection is the likeliest to live.
    idle: Mutex<Vec<Idle<C>>>,
    tally: Tally,
}

#[derive(Debug)]
struct Idle<C> {
    connection: C,
    since_ms: u64,
}

/// Counters that nobody waits for, hence relaxed (chapter 07).
#[derive(Debug, Default)]
struct Tally {
    connects: AtomicU64,
    reuses: AtomicU64,
    discards: AtomicU64,
    waits: AtomicU64,
}

impl<C: Pooled> Pool<C> {
    /// An empty pool.
    pub fn new(mut limits: PoolLimits) -> Self {
        limits.connections = limits.connections.clamp(1, Semaphore::MAX_PERMITS);
        let places = Semaphore::new(limits.connections);
        Self { limits, places, idle: Mutex::new(Vec::new()), tally: Tally::default() }
    }

    /// Lends a connection: the idle one that came back last, if it is still good, or a new one from `dial`.
    ///
    /// Waits only when every place is taken. Dropping this future at any moment is fine: a place that it had
    /// is free again, a turn that it waited for goes to the next, and a connection that it was dialling is closed.
    ///
    /// # Errors
    /// What `dial` said. The place is free again.
    pub async fn lend<E>(
        &self,
        now_ms: u64,
        look: Look,
        dial: impl AsyncFnOnce() -> Result<C, E>,
    ) -> Result<Lent<'_, C>, E> {
        let place = match self.places.try_acquire() {
            Ok(place) => place,
            Err(_) => self.wait().await,
        };
        // exercise: begin reuse
        loop {
            // The guard ends with this line: nobody else has to wait while we look, or while we dial.
            let newest = self.idle.lock().expect(LOCK).pop();
            let Some(Idle { connection, since_ms }) = newest else { break };
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
        // exercise: stub
        // if !self.idle.lock().expect(LOCK).is_empty() {
        //     todo!("pop idle connections from the end until one is young enough and quiet; lend that one")
        // }
        // exercise: end
        Lent { pool: self, connection: None, reused: false, _place: place }.redial(dial).await
    }

    /// Waits for a place, in the order of coming.
    async fn wait(&self) -> SemaphorePermit<'_> {
        // exercise: begin wait
        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        self.places.acquire().await.expect("the pool never closes its places")
        // exercise: stub
        // todo!("count one more wait, then await a permit of self.places")
        // exercise: end
    }

    /// Closes the connections that have been idle for too long. Each one that comes back does this, too; a pool
    /// that nobody uses needs someone to call it now and then.
    pub fn expire(&self, now_ms: u64) {
        let old = self.take_old(&mut self.idle.lock().expect(LOCK), now_ms);
        self.close(old);
    }

    /// What the pool has done, and what it holds. Each number is right; together they may be a moment apart.
    pub fn counts(&self) -> PoolCounts {
        PoolCounts {
            connects: self.tally.connects.load(Ordering::Relaxed),
            reuses: self.tally.reuses.load(Ordering::Relaxed),
            discards: self.tally.discards.load(Ordering::Relaxed),
            waits: self.tally.waits.load(Ordering::Relaxed),
            idle: self.idle.lock().expect(LOCK).len(),
            lent: self.limits.connections - self.places.available_permits(),
        }
    }

    /// Puts a good connection among the idle ones, or closes it when there are enough.
    fn keep(&self, connection: C, now_ms: u64) {
        let mut idle = self.idle.lock().expect(LOCK);
        let mut closing = self.take_old(&mut idle, now_ms);
        let back = Idle { connection, since_ms: now_ms };
        if idle.len() < self.limits.idle {
            idle.push(back);
        } else {
            closing.push(back);
        }
        drop(idle);
        self.close(closing);
    }

    /// The idle connections whose time is over: they are the first ones. A Vec without elements allocates nothing.
    fn take_old(&self, idle: &mut Vec<Idle<C>>, now_ms: u64) -> Vec<Idle<C>> {
        let young = |kept: &Idle<C>| now_ms.saturating_sub(kept.since_ms) < self.limits.idle_ms;
        let old = idle.iter().position(young).unwrap_or(idle.len());
        idle.drain(..old).collect()
    }

    /// Closing is a system call each, so it happens outside of the lock.
    fn close(&self, connections: Vec<Idle<C>>) {
        self.tally.discards.fetch_add(connections.len() as u64, Ordering::Relaxed);
    }
}

/// A connection that one request has, and its place in the pool.
///
/// Dropped, it closes the connection, whatever state that is in: a request that was cancelled may have left half
/// a response on it, and the next request must not read that.
#[derive(Debug)]
#[must_use = "a lent connection that is dropped is closed"]
pub struct Lent<'a, C: Pooled> {
    pool: &'a Pool<C>,
    /// `None` while it is being dialled, and for the last moment of `give_back`.
    connection: Option<C>,
    reused: bool,
    /// Free again when our `Drop` has closed the connection: a value's fields are dropped after the value.
    _place: SemaphorePermit<'a>,
}

impl<C: Pooled> Lent<'_, C> {
    /// Whether it has served before, so that the upstream may have closed it without our knowing.
    pub fn reused(&self) -> bool {
        self.reused
    }

    /// The same place with a new connection: for a request that met a dead one and may be sent again.
    ///
    /// It does not queue again, and the old connection is closed before `dial` begins.
    ///
    /// # Errors
    /// What `dial` said. The place is free again.
    pub async fn redial<E>(mut self, dial: impl AsyncFnOnce() -> Result<C, E>) -> Result<Self, E> {
        self.discard();
        // exercise: begin dial
        self.connection = Some(dial().await?);
        self.reused = false;
        self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        Ok(self)
        // exercise: stub
        // todo!("await dial; put its connection into self, which has not been reused; count one more connect")
        // exercise: end
    }

    /// Gives the connection back for the next request. One with something unread on it is closed instead.
    pub fn give_back(mut self, now_ms: u64) {
        // exercise: begin give_back
        if !self.is_quiet(Look::Quick) {
            return;
        }
        if let Some(connection) = self.connection.take() {
            self.pool.keep(connection, now_ms);
        }
        // exercise: stub
        // todo!("if the connection is quiet, take it out of self and let the pool keep it; if not, drop it")
        // exercise: end
    }

    /// Closes the connection, if there is one.
    fn discard(&mut self) {
        if self.connection.take().is_some() {
            self.pool.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl<C: Pooled> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        self.discard();
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
