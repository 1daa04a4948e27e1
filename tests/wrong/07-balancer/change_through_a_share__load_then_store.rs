//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "two atomic steps are one atomic step"
//! fails = "no_request_of_any_thread_gets_lost"
//! says = "both wrote that number plus 1"

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Server {
    picks: AtomicU64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: AtomicU64::new(0) }
    }

    pub fn count(&self) {
        self.picks.store(self.picks.load(Relaxed) + 1, Relaxed);
    }

    pub fn picks(&self) -> u64 {
        self.picks.load(Relaxed)
    }
}
