//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! shape = "a lock, which is the subject of the next chapter"

use std::sync::Mutex;

pub struct Server {
    picks: Mutex<u64>,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: Mutex::new(0) }
    }

    pub fn count(&self) {
        *self.picks.lock().expect("nobody panics with it") += 1;
    }

    pub fn picks(&self) -> u64 {
        *self.picks.lock().expect("nobody panics with it")
    }
}
