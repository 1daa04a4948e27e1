//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "to change an atomic one needs `&mut`"
//! fails = "E0596"
//! says = "get_mut"

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Server {
    picks: AtomicU64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: AtomicU64::new(0) }
    }

    pub fn count(&self) {
        *self.picks.get_mut() += 1;
    }

    pub fn picks(&self) -> u64 {
        self.picks.load(Relaxed)
    }
}
