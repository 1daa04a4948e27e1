//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! shape = "a loop of compare_exchange"

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Server {
    picks: AtomicU64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: AtomicU64::new(0) }
    }

    pub fn count(&self) {
        let mut seen = self.picks.load(Relaxed);
        while let Err(now) = self.picks.compare_exchange(seen, seen + 1, Relaxed, Relaxed) {
            seen = now;
        }
    }

    pub fn picks(&self) -> u64 {
        self.picks.load(Relaxed)
    }
}
