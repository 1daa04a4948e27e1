//! exercise = "07-balancer"
//! mark = "*"
//! shape = "a ring of hashes, and an atomic for each fact: failures, the end of the time, and whether someone tries"

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use wire::balancer::{Ejection, Health, Policy, ServerView};

const SERVES: u64 = u64::MAX;
const LATEST: u64 = (1 << 62) - 1;
/// Places of each server on the ring.
const PLACES: u64 = 4_096;

/// Chooses among a fixed number of servers.
#[derive(Debug)]
pub struct Balancer {
    policy: Policy,
    ejection: Ejection,
    servers: Vec<Server>,
    next: AtomicUsize,
    /// Hashes in order, each with its server.
    ring: Vec<(u64, usize)>,
}

#[derive(Debug)]
struct Server {
    active: AtomicU64,
    picks: AtomicU64,
    failures: AtomicU32,
    /// The end of its time, or SERVES.
    until_ms: AtomicU64,
    tried: AtomicBool,
}

impl Server {
    fn is_open(&self, now_ms: u64) -> bool {
        let until_ms = self.until_ms.load(Ordering::SeqCst);
        until_ms == SERVES || (until_ms <= now_ms && !self.tried.load(Ordering::SeqCst))
    }
}

impl Balancer {
    /// A balancer of so many servers, all of which serve.
    pub fn new(servers: usize, policy: Policy, ejection: Ejection) -> Self {
        let place = |server: usize| (0..PLACES).map(move |place| (hash((server as u64) << 32 | place), server));
        let mut ring: Vec<_> = (0..servers).flat_map(place).collect();
        ring.sort_unstable();
        let server = |_| Server {
            active: AtomicU64::new(0),
            picks: AtomicU64::new(0),
            failures: AtomicU32::new(0),
            until_ms: AtomicU64::new(SERVES),
            tried: AtomicBool::new(false),
        };
        Self { policy, ejection, servers: (0..servers).map(server).collect(), next: AtomicUsize::new(0), ring }
    }

    /// Chooses a server, other than `avoid`. `None` when no other one serves.
    pub fn pick(&self, key: u64, now_ms: u64, avoid: Option<usize>) -> Option<Pick<'_>> {
        loop {
            let index = self.choose(key, now_ms, avoid)?;
            let server = &self.servers[index];
            let mut probe = false;
            if server.until_ms.load(Ordering::SeqCst) != SERVES {
                if server.tried.swap(true, Ordering::SeqCst) {
                    continue;
                }
                // It may have come back, or gone away again, between the two looks.
                let until_ms = server.until_ms.load(Ordering::SeqCst);
                if until_ms == SERVES || until_ms > now_ms {
                    server.tried.store(false, Ordering::SeqCst);
                    continue;
                }
                probe = true;
            }
            server.active.fetch_add(1, Ordering::SeqCst);
            server.picks.fetch_add(1, Ordering::SeqCst);
            return Some(Pick { server, index, probe, ejection: self.ejection });
        }
    }

    fn choose(&self, key: u64, now_ms: u64, avoid: Option<usize>) -> Option<usize> {
        let is_open = |&index: &usize| Some(index) != avoid && self.servers[index].is_open(now_ms);
        match self.policy {
            Policy::RoundRobin => {
                let open: Vec<_> = (0..self.servers.len()).filter(is_open).collect();
                if open.is_empty() {
                    return None;
                }
                Some(open[self.next.fetch_add(1, Ordering::SeqCst) % open.len()])
            }
            Policy::LeastConnections => {
                let count = self.servers.len().max(1);
                let first = self.next.fetch_add(1, Ordering::SeqCst) % count;
                let mut order: Vec<_> = (0..self.servers.len()).filter(is_open).collect();
                order.sort_by_key(|&index| {
                    (self.servers[index].active.load(Ordering::SeqCst), (index + count - first) % count)
                });
                order.first().copied()
            }
            Policy::ConsistentHash => {
                let start = self.ring.partition_point(|&(place, _)| place < hash(!key));
                let (before, after) = self.ring.split_at(start);
                after.iter().chain(before).map(|&(_, index)| index).find(is_open)
            }
        }
    }

    /// What is known of each server.
    pub fn view(&self) -> Vec<ServerView> {
        let health = |server: &Server| match server.until_ms.load(Ordering::SeqCst) {
            SERVES => Health::Serving { failures: server.failures.load(Ordering::SeqCst) },
            until_ms if server.tried.load(Ordering::SeqCst) => Health::Probing { until_ms },
            until_ms => Health::Ejected { until_ms },
        };
        let view = |server: &Server| ServerView {
            active: server.active.load(Ordering::SeqCst),
            picks: server.picks.load(Ordering::SeqCst),
            health: health(server),
        };
        self.servers.iter().map(view).collect()
    }
}

/// A server that was chosen for one request. It counts as busy until this is dropped.
#[derive(Debug)]
pub struct Pick<'a> {
    server: &'a Server,
    index: usize,
    probe: bool,
    ejection: Ejection,
}

impl Pick<'_> {
    /// Which server it is.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The server answered.
    pub fn succeeded(self) {
        if self.probe {
            self.server.failures.store(0, Ordering::SeqCst);
            self.server.until_ms.store(SERVES, Ordering::SeqCst);
        } else if self.server.until_ms.load(Ordering::SeqCst) == SERVES {
            self.server.failures.store(0, Ordering::SeqCst);
        }
    }

    /// The server did not answer as it should.
    pub fn failed(self, now_ms: u64) {
        let until_ms = now_ms.saturating_add(self.ejection.for_ms).min(LATEST);
        if self.probe {
            self.server.until_ms.store(until_ms, Ordering::SeqCst);
        } else if self.ejection.failures > 0 {
            let before = self.server.failures.fetch_add(1, Ordering::SeqCst);
            if before.saturating_add(1) >= self.ejection.failures {
                let order = Ordering::SeqCst;
                let _ = self.server.until_ms.compare_exchange(SERVES, until_ms, order, order);
            }
        }
    }
}

impl Drop for Pick<'_> {
    fn drop(&mut self) {
        if self.probe {
            self.server.tried.store(false, Ordering::SeqCst);
        }
        self.server.active.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets so many threads pick at the same time, each so often, and says how often each server was chosen.
pub fn rehearse(balancer: &Arc<Balancer>, threads: usize, picks: u64) -> Vec<u64> {
    let start = |_| {
        let balancer = balancer.clone();
        thread::spawn(move || (0..picks).filter_map(|key| balancer.pick(key, 0, None)).for_each(Pick::succeeded))
    };
    let workers: Vec<_> = (0..threads).map(start).collect();
    workers.into_iter().for_each(|worker| worker.join().expect("a pick does not panic"));
    balancer.view().iter().map(|server| server.picks).collect()
}

/// SplitMix64.
fn hash(seed: u64) -> u64 {
    let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678_9abc_def1);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
