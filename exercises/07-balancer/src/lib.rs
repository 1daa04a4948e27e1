//! Part 07, `balancer`: which server gets the next request.
//!
//! Every thread of the proxy asks, all the time, and none waits for another: there is no lock here, only atomics.
//! A [`Pick`] is a lease: the server counts as busy until it is dropped, and the request says on the way whether
//! it succeeded. A server that fails several times in a row is sent away; when its time is over, one request at
//! a time may try it:
//!
//! ```text
//! Serving --failures in a row--> Ejected --time is over, one pick--> Probing --succeeded--> Serving
//!                                   ^                                   '------failed-----> Ejected
//! ```
//!
//! **Why `Relaxed` everywhere.** An ordering says what else a thread sees once it has seen a number. Here nothing
//! else is to be seen: each atomic holds a whole fact in one word, and nobody reads other memory because of it.
//! That no step of two threads gets lost, and that all agree on the order of one word's values, holds for
//! every ordering. Would a pick hand over data that another thread wrote, it would need `Acquire` and `Release`.
//!
//! Knows no addresses and no clock: servers are numbers from 0 up, and the time comes in as an argument.

#![allow(unused)] // delete this line when your last todo!() is gone
// The model test puts loom in the place of `std` (tests/models).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use wire::balancer::{Ejection, Health, Policy, ServerView};

/// Chooses among a fixed number of servers.
#[derive(Debug)]
pub struct Balancer {
    policy: Policy,
    ejection: Ejection,
    servers: Box<[Server]>,
    /// Counts the turns of all threads.
    next: AtomicUsize,
}

/// What all threads know of one server.
///
/// Aligned, so that no two servers share a cache line (or a pair of them, which some processors fetch together):
/// a core that counts on one server should not take the line with another away from its neighbour.
#[derive(Debug)]
#[repr(align(128))]
struct Server {
    active: AtomicU64,
    picks: AtomicU64,
    /// A [`Health`] in one word: whoever changes it has seen all of it.
    health: AtomicU64,
}

/// The answer of one server to one request that wants in.
enum Admission {
    Open,
    /// The request is the one that tries the server.
    Probe {
        until_ms: u64,
    },
    Closed,
}

impl Balancer {
    /// A balancer of so many servers, all of which serve.
    pub fn new(servers: usize, policy: Policy, ejection: Ejection) -> Self {
        let serving = Health::Serving { failures: 0 }.to_word();
        let server =
            |_| Server { active: AtomicU64::new(0), picks: AtomicU64::new(0), health: AtomicU64::new(serving) };
        Self { policy, ejection, servers: (0..servers).map(server).collect(), next: AtomicUsize::new(0) }
    }

    /// Chooses a server, other than `avoid`. `None` when no other one serves.
    ///
    /// `key` matters to [`Policy::ConsistentHash`] only, which sends the same key to the same server.
    pub fn pick(&self, key: u64, now_ms: u64, avoid: Option<usize>) -> Option<Pick<'_>> {
        loop {
            let index = self.choose(key, now_ms, avoid)?;
            let server = &self.servers[index];
            let probe = match server.admit(now_ms) {
                Admission::Open => None,
                Admission::Probe { until_ms } => Some(until_ms),
                // Another thread was faster, which changed what we chose from: choose again.
                Admission::Closed => continue,
            };
            server.begin();
            return Some(Pick { balancer: self, index, probe });
        }
    }

    /// What is known of each server. Each number is right; together they may be a moment apart.
    pub fn view(&self) -> Vec<ServerView> {
        let view = |server: &Server| ServerView {
            active: server.active.load(Relaxed),
            picks: server.picks.load(Relaxed),
            health: Health::from_word(server.health.load(Relaxed)),
        };
        self.servers.iter().map(view).collect()
    }

    /// The server that the policy wants among those that are open. Between this look and the pick, others
    /// may pick the same: a server then has one request more than it should, for a moment, and no one waits.
    fn choose(&self, key: u64, now_ms: u64, avoid: Option<usize>) -> Option<usize> {
        let count = self.servers.len();
        let is_open = |&index: &usize| {
            let health = Health::from_word(self.servers[index].health.load(Relaxed));
            Some(index) != avoid && health.is_open(now_ms)
        };
        match self.policy {
            Policy::RoundRobin => {
                // A turn among those that are open: to pass over an ejected one would give its neighbour two.
                let open = (0..count).filter(is_open).count();
                let turn = if open > 0 { self.turn(open) } else { 0 };
                (0..count).filter(is_open).nth(turn).or_else(|| (0..count).find(is_open))
            }
            Policy::LeastConnections => {
                let first = if count > 0 { self.turn(count) } else { 0 };
                let active = |index: &usize| self.servers[*index].active.load(Relaxed);
                (first..count).chain(0..first).filter(is_open).min_by_key(active)
            }
            Policy::ConsistentHash => (0..count).filter(is_open).max_by_key(|&index| score(key, index)),
        }
    }

    /// A number below `of`, which is not 0: 0, 1, 2 and so on, for all threads together.
    fn turn(&self, of: usize) -> usize {
        todo!("take the next number from self.next and add 1 in one step; give back its remainder by `of`")
    }
}

impl Server {
    /// One more request is under way.
    fn begin(&self) {
        todo!("add 1 to active and 1 to picks, so that no thread's 1 gets lost; Drop, below, takes the first back")
    }

    /// Whether a request may come in now. Once the time of an ejected server is over, one may: the probe.
    fn admit(&self, now_ms: u64) -> Admission {
        let seen = self.health.load(Relaxed);
        match Health::from_word(seen) {
            Health::Serving { .. } => Admission::Open,
            Health::Ejected { until_ms } if until_ms <= now_ms => {
                todo!("exchange the word that was seen for that of Probing; only who succeeds is the probe")
            }
            Health::Ejected { .. } | Health::Probing { .. } => Admission::Closed,
        }
    }
}

/// A server that was chosen for one request. It counts as busy until this is dropped.
#[derive(Debug)]
#[must_use = "the lease ends when this is dropped"]
pub struct Pick<'a> {
    balancer: &'a Balancer,
    index: usize,
    /// For the one request that tries an ejected server: when its time was over. Only who holds this ends the probe.
    probe: Option<u64>,
}

impl Pick<'_> {
    /// Which server it is: its place in the list.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The server answered. Failures before this one are forgotten.
    pub fn succeeded(mut self) {
        let (health, serving) = (&self.server().health, Health::Serving { failures: 0 }.to_word());
        if self.probe.is_some() {
            health.store(serving, Relaxed);
            self.probe = None;
            return;
        }
        // Mostly there is nothing to forget, and a word that is only read stays in every core's cache.
        let seen = health.load(Relaxed);
        match Health::from_word(seen) {
            Health::Serving { failures: 0 } => {}
            // If it has changed since, someone knows better.
            Health::Serving { .. } => drop(health.compare_exchange(seen, serving, Relaxed, Relaxed)),
            // A late answer to an old request does not bring it back: the probe does.
            Health::Ejected { .. } | Health::Probing { .. } => {}
        }
    }

    /// The server did not answer as it should. After too many failures in a row it is ejected.
    pub fn failed(mut self, now_ms: u64) {
        let Ejection { failures: limit, for_ms } = self.balancer.ejection;
        let ejected = Health::Ejected { until_ms: now_ms.saturating_add(for_ms) }.to_word();
        if self.probe.take().is_some() {
            self.server().health.store(ejected, Relaxed);
            return;
        }
        if limit == 0 {
            return;
        }
        let health = &self.server().health;
        todo!("in one fetch_update: one failure more, or `ejected` when that is the limit; leave all else alone")
    }

    fn server(&self) -> &Server {
        &self.balancer.servers[self.index]
    }
}

impl Drop for Pick<'_> {
    fn drop(&mut self) {
        let server = self.server();
        if let Some(until_ms) = self.probe {
            // Nobody said how the probe ended, so the next request may try.
            server.health.store(Health::Ejected { until_ms }.to_word(), Relaxed);
        }
        server.active.fetch_sub(1, Relaxed);
    }
}

/// Lets so many threads pick at the same time, each so often, and says how often each server was chosen.
///
/// The lab draws it: it shows how a policy spreads requests, and that no thread's pick gets lost.
pub fn rehearse(balancer: &Arc<Balancer>, threads: usize, picks: u64) -> Vec<u64> {
    todo!("spawn the threads, each with an Arc of its own; each picks by the keys 0.. and succeeds; join them all");
    balancer.view().iter().map(|server| server.picks).collect()
}

/// How much a server wants a key: the highest score wins (rendezvous hashing).
///
/// Without a server, only the keys that it won go elsewhere, and they spread over all others. A ring of hashes does
/// as much, with a table to build and to search; jump hashing needs neither, but can take away the last server only.
/// This asks every server, which is the cheapest of the three for the dozens that a proxy has.
fn score(key: u64, index: usize) -> u64 {
    mix(key ^ mix(index as u64 + 1))
}

/// SplitMix64's last steps: each bit of the input moves about half the bits of the output.
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
