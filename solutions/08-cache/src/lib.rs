//! Part 08, `cache`: answers kept under locks and shared by all workers, with one fetch for all who wait.
//!
//! Owns the locks and the waiting. Two kinds of lock do two kinds of work:
//!
//! - Each **shard** is behind a `std::sync::Mutex`. It is held for a look or a change, some hundred
//!   nanoseconds, and never across an `.await`. A `RwLock` would not help: a hit leaves a mark, so it writes.
//! - Each **fetch under way** is behind a `tokio::sync::RwLock`. Whoever fetches holds its write guard for as long
//!   as the fetch takes, across every `.await`. Whoever wants the same answer waits for a read guard. When the
//!   fetch ends, all readers come in at once; a queue of them would have the slowest hold up the rest.
//!
//! ```text
//! lookup --+-- a fresh answer is there ------------> Hit
//!          +-- nobody fetches it yet --------------> Miss(Flight), Revalidate { stored, flight }
//!          |                                           store, freshen, pass, or dropped: lands
//!          +-- somebody does ----------------------> Wait(Waiting) --wait().await--> Waited
//! ```
//!
//! The rules of HTTP (what may be kept, for how long, for whom) know no lock and are scaffolding: `wire::cache`.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};
use wire::Fields;
use wire::cache::{
    Answer, Asked, CacheCounts, CacheLimits, Found, Shelf, Stored, Times, Unstorable, Uri, Waited, Wish, forgets,
    storable, wish,
};

/// A cache that all workers share: `&Cache` is enough for everything.
#[derive(Debug)]
pub struct Cache {
    /// Keyed afresh for each cache, so that no client can choose URIs that all fall into one shard.
    hasher: RandomState,
    /// Each shard is shared with every worker, and locked for one look or one change.
    shards: Box<[Mutex<Shard>]>,
    entry_bytes: usize,
}

/// What one lock guards: a shelf, and the fetches for what is not on it. Both, because whoever finds nothing on the
/// shelf must find out, before anybody else looks, whether a fetch is under way.
#[derive(Debug)]
struct Shard {
    shelf: Shelf,
    flights: HashMap<u64, Flying>,
    counts: CacheCounts,
}

/// A fetch under way, as the shard knows it.
#[derive(Debug)]
struct Flying {
    uri: u64,
    slot: Slot,
}

/// Where a fetch leaves its result. Shared by the flight, by those who wait, and by the shard while it flies.
type Slot = Arc<RwLock<Landing>>;

/// What a fetch has left.
#[derive(Debug)]
enum Landing {
    /// Nothing: it is still under way, or it was lost.
    Nothing,
    /// An answer for everybody.
    Shared(Arc<Stored>),
    /// Word that the answer is not for everybody.
    Alone,
}

/// What the cache has for a request.
#[derive(Debug)]
pub enum Lookup<'a> {
    /// An answer to send now.
    Hit {
        /// The answer, shared with the shelf.
        stored: Arc<Stored>,
        /// Its age in whole seconds, the value of Age.
        age_s: u64,
    },
    /// An answer that is stale: ask the upstream with its validators. On a 304, [`Flight::freshen`] it.
    Revalidate {
        /// The stale answer.
        stored: Arc<Stored>,
        /// Yours to land.
        flight: Flight<'a>,
    },
    /// Nothing, and nobody fetches it: you do.
    Miss(Flight<'a>),
    /// Nothing yet, and somebody fetches it.
    Wait(Waiting<'a>),
    /// The cache has no part in this request.
    Pass,
    /// The client takes a stored answer or none, and there is none: 504 (RFC 9111 5.2.1.7).
    NotCached,
}

/// What a shard says at first sight.
enum Look<'a> {
    /// This, without any fetch.
    Answered(Lookup<'a>),
    /// A fetch is needed: the key of the fetch, and the stale answer to ask about.
    Fetch { key: u64, stale: Option<Arc<Stored>> },
}

impl Cache {
    /// An empty cache.
    pub fn new(limits: &CacheLimits) -> Self {
        let shards = limits.shards.max(1);
        let bytes = limits.bytes / shards;
        let shard = |_| Mutex::new(Shard::new(bytes, limits.entry_bytes));
        Self {
            hasher: RandomState::new(),
            shards: (0..shards).map(shard).collect(),
            entry_bytes: limits.entry_bytes.min(bytes),
        }
    }

    /// What there is for `asked`, at `now_ms` on the proxy's clock.
    pub fn lookup<'a>(&'a self, asked: Asked<'a>, now_ms: u64) -> Lookup<'a> {
        match wish(&asked) {
            Some(wish) => self.admit(asked, &wish, self.hash(asked.uri), now_ms),
            None => Lookup::Pass,
        }
    }

    /// Looks, and joins the fetch or begins one, in one breath: of all who come at once, one is to fetch.
    fn admit<'a>(&'a self, asked: Asked<'a>, wish: &Wish, uri: u64, now_ms: u64) -> Lookup<'a> {
        // exercise: begin admit
        let mut shard = self.shard(uri);
        let (key, stale) = match shard.look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        if let Some(slot) = shard.join(key) {
            return Lookup::Wait(Waiting { asked, slot });
        }
        let flight = Flight::new(self, asked, uri, key, stale);
        shard.begin(&flight);
        Lookup::fetch(flight)
        // exercise: stub
        // todo!("lock the shard once; look; if a fetch is needed, join the one under way, or begin a new one")
        // exercise: end
    }

    /// The shard for what hashes to `uri`, locked until the guard is dropped.
    ///
    /// A thread that panicked with the lock has left the shard whole: each change of it is one call, and what may
    /// panic in there only reads. So a poisoned lock is taken like any other.
    fn shard(&self, uri: u64) -> MutexGuard<'_, Shard> {
        // exercise: begin shard
        let at = uri as usize % self.shards.len();
        self.shards[at].lock().unwrap_or_else(PoisonError::into_inner)
        // exercise: stub
        // todo!("pick the shard by the remainder of uri, lock it, and take the guard even if the lock is poisoned")
        // exercise: end
    }

    /// Keeps an answer that nobody waits for.
    ///
    /// # Errors
    /// Why it may not be kept.
    pub fn insert(
        &self,
        asked: &Asked<'_>,
        answer: &Answer<'_>,
        body: Vec<u8>,
        times: &Times,
    ) -> Result<Arc<Stored>, Unstorable> {
        let stored = Arc::new(Stored::new(asked, answer, body, times)?);
        let uri = self.hash(asked.uri);
        self.shard(uri).shelf.insert(uri, Arc::clone(&stored));
        Ok(stored)
    }

    /// Forgets what is stored under the URI of `asked`, if an answer with `status` to it makes that untrue: an
    /// unsafe method that succeeded (RFC 9111 4.4). A fetch that began before answers those who wait for it, and
    /// is not kept.
    pub fn forget(&self, asked: &Asked<'_>, status: u16) {
        if forgets(asked, status) {
            let uri = self.hash(asked.uri);
            let mut shard = self.shard(uri);
            shard.shelf.forget(uri, asked);
            shard.flights.retain(|_, flying| flying.uri != uri);
        }
    }

    /// Which shard answers for `uri`: the same number, the same lock.
    pub fn shard_of(&self, uri: Uri<'_>) -> usize {
        self.hash(uri) as usize % self.shards.len()
    }

    /// Shows the shelf where `uri` belongs. The shard is locked as long as `view` runs.
    pub fn peek<T>(&self, uri: Uri<'_>, view: impl FnOnce(&Shelf) -> T) -> T {
        view(&self.shard(self.hash(uri)).shelf)
    }

    /// What the cache has done, and what it holds. The shards are asked one after the other.
    pub fn counts(&self) -> CacheCounts {
        let mut sum = CacheCounts::default();
        for at in 0..self.shards.len() {
            let shard = self.shard(at as u64);
            let (stored, evicted) = shard.shelf.totals();
            sum.hits += shard.counts.hits;
            sum.misses += shard.counts.misses;
            sum.revalidations += shard.counts.revalidations;
            sum.waits += shard.counts.waits;
            sum.stored += stored;
            sum.evicted += evicted;
            sum.entries += shard.shelf.len() as u64;
            sum.bytes += shard.shelf.bytes() as u64;
            sum.flights += shard.flights.len() as u64;
        }
        sum
    }

    fn hash(&self, uri: Uri<'_>) -> u64 {
        self.hasher.hash_one(uri)
    }
}

/// A fetch under way, which you run. However it ends, those who wait go on: [`Flight::store`] gives them the answer,
/// [`Flight::pass`] sends them off on their own, and a drop (a panic, a client that went away) has them ask again.
#[derive(Debug)]
pub struct Flight<'a> {
    cache: &'a Cache,
    asked: Asked<'a>,
    uri: u64,
    key: u64,
    /// What the upstream is asked about.
    stale: Option<Arc<Stored>>,
    /// Held from take-off to landing: whoever waits, waits for this guard.
    landing: OwnedRwLockWriteGuard<Landing>,
}

impl<'a> Flight<'a> {
    fn new(cache: &'a Cache, asked: Asked<'a>, uri: u64, key: u64, stale: Option<Arc<Stored>>) -> Self {
        let slot = Arc::new(RwLock::new(Landing::Nothing));
        let landing = slot.try_write_owned().expect("nobody else has the new lock yet");
        Self { cache, asked, uri, key, stale, landing }
    }

    /// Whether an answer with this head may be kept, so that it is worth collecting its body.
    ///
    /// # Errors
    /// Why not: then [`Flight::pass`] at once, before the body.
    pub fn storable(&self, answer: &Answer<'_>, times: &Times) -> Result<(), Unstorable> {
        storable(&self.asked, answer, times)
    }

    /// How many bytes of body are worth collecting; [`Flight::pass`] when there are more.
    pub fn room(&self) -> usize {
        self.cache.entry_bytes.saturating_sub(Stored::OVERHEAD)
    }

    /// Keeps the answer, whose whole `body` has come, and gives it to all who wait.
    ///
    /// # Errors
    /// Why it may not be kept. Those who wait go on alone.
    pub fn store(self, answer: &Answer<'_>, body: Vec<u8>, times: &Times) -> Result<Arc<Stored>, Unstorable> {
        match Stored::new(&self.asked, answer, body, times) {
            Ok(stored) => {
                let stored = Arc::new(stored);
                self.land(Arc::clone(&stored));
                Ok(stored)
            }
            Err(why) => {
                self.pass();
                Err(why)
            }
        }
    }

    /// The upstream said 304: the answer to send, with the news from the fields of the 304.
    ///
    /// None when it speaks of another version than the stale one, or when nothing was asked about: ask once more,
    /// without validators.
    pub fn freshen(self, not_modified: Fields<'_>, times: &Times) -> Option<Arc<Stored>> {
        let stale = self.stale.clone();
        let Some((fresh, is_kept)) = stale.and_then(|stale| stale.freshened(&self.asked, not_modified, times)) else {
            self.pass();
            return None;
        };
        let fresh = Arc::new(fresh);
        if is_kept {
            self.land(Arc::clone(&fresh))
        } else {
            self.pass()
        }
        Some(fresh)
    }

    /// The answer is for this client only, or there is none: those who wait go on alone, all at once.
    pub fn pass(mut self) {
        *self.landing = Landing::Alone;
    }

    /// Puts the answer on the shelf, for those who come later, and into the slot, for those who wait.
    ///
    /// Nothing goes on the shelf if the shard does not expect this flight any more: the URI was changed meanwhile.
    fn land(mut self, stored: Arc<Stored>) {
        // exercise: begin land
        let mut shard = self.cache.shard(self.uri);
        if shard.expects(&self) {
            shard.shelf.insert(self.uri, Arc::clone(&stored));
        }
        drop(shard);
        *self.landing = Landing::of(stored);
        // exercise: stub
        // todo!("if the locked shard expects this flight, shelve the answer; unlock; leave the answer in the slot")
        // exercise: end
    }

    fn slot(&self) -> &Slot {
        OwnedRwLockWriteGuard::rwlock(&self.landing)
    }
}

impl Drop for Flight<'_> {
    /// The shard forgets the flight before the guard goes, a line after this one: who looks from now on begins anew.
    fn drop(&mut self) {
        // exercise: begin leave
        self.cache.shard(self.uri).end(self);
        // exercise: stub
        // todo!("lock the shard, and have it end this flight")
        // exercise: end
    }
}

/// A request that waits for somebody else's fetch. It may be dropped at any time, and leaves nothing behind.
#[derive(Debug)]
pub struct Waiting<'a> {
    asked: Asked<'a>,
    slot: Slot,
}

impl Waiting<'_> {
    /// Waits until the fetch has ended, and says how.
    ///
    /// It waits as long as the fetch takes: put a time-out around it.
    pub async fn wait(self) -> Waited {
        // exercise: begin wait
        let landing = self.slot.read().await;
        landing.tell(&self.asked)
        // exercise: stub
        // todo!("await a read guard of the slot, and have the landing tell what became of the fetch")
        // exercise: end
    }
}

/// The proof that a task which waits, or fetches, can go on on another thread.
const _: fn(Flight<'_>, Waiting<'_>) = |flight, waiting| {
    fn is_send(_: impl Send) {}
    is_send(flight);
    is_send(waiting.wait());
};

impl<'a> Lookup<'a> {
    fn fetch(flight: Flight<'a>) -> Self {
        match &flight.stale {
            Some(stale) => Lookup::Revalidate { stored: Arc::clone(stale), flight },
            None => Lookup::Miss(flight),
        }
    }
}

impl Landing {
    /// What to leave for those who wait, of an answer that was stored.
    fn of(stored: Arc<Stored>) -> Self {
        if stored.is_shareable() { Landing::Shared(stored) } else { Landing::Alone }
    }

    /// What became of the fetch, for someone who asked for `asked`.
    fn tell(&self, asked: &Asked<'_>) -> Waited {
        match self {
            Landing::Shared(stored) if stored.answers(asked) => Waited::Hit(Arc::clone(stored)),
            Landing::Shared(_) | Landing::Nothing => Waited::Again,
            Landing::Alone => Waited::Alone,
        }
    }
}

impl Shard {
    fn new(bytes: usize, entry_bytes: usize) -> Self {
        Self { shelf: Shelf::new(bytes, entry_bytes), flights: HashMap::new(), counts: CacheCounts::default() }
    }

    /// What the shelf has for `asked`, and which fetch would bring what it has not.
    fn look<'a>(&mut self, hasher: &RandomState, asked: &Asked<'a>, wish: &Wish, uri: u64, now_ms: u64) -> Look<'a> {
        let stale = match self.shelf.find(uri, asked, wish, now_ms) {
            Found::Fresh(stored) => {
                self.counts.hits += 1;
                let age_s = stored.age_s(now_ms);
                return Look::Answered(Lookup::Hit { stored, age_s });
            }
            Found::Stale(stored) => Some(stored),
            Found::Nothing => None,
        };
        if wish.only_if_cached {
            return Look::Answered(Lookup::NotCached);
        }
        if !wish.fills {
            return Look::Answered(Lookup::Pass);
        }
        // Where a stored answer says that variants exist, each variant is a fetch of its own.
        let mut key = hasher.build_hasher();
        key.write_u64(uri);
        if let Some(newest) = self.shelf.newest(uri) {
            newest.hash_variant(asked, &mut key);
        }
        Look::Fetch { key: key.finish(), stale }
    }

    /// The slot of the fetch `key`, if it is under way: the caller will wait for it.
    fn join(&mut self, key: u64) -> Option<Slot> {
        let slot = Arc::clone(&self.flights.get(&key)?.slot);
        self.counts.waits += 1;
        Some(slot)
    }

    /// Makes `flight` known, so that others wait for it.
    fn begin(&mut self, flight: &Flight<'_>) {
        self.flights.insert(flight.key, Flying { uri: flight.uri, slot: Arc::clone(flight.slot()) });
        match flight.stale {
            Some(_) => self.counts.revalidations += 1,
            None => self.counts.misses += 1,
        }
    }

    /// Whether `flight` is the one that is known here. A URI that was changed meanwhile has a new one, or none.
    fn expects(&self, flight: &Flight<'_>) -> bool {
        self.flights.get(&flight.key).is_some_and(|flying| Arc::ptr_eq(&flying.slot, flight.slot()))
    }

    /// Forgets `flight`, if it is the one that is known here.
    fn end(&mut self, flight: &Flight<'_>) {
        if self.expects(flight) {
            self.flights.remove(&flight.key);
        }
    }
}
