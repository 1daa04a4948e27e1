//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "what changes through `&self` may be shared by threads"
//! fails = "E0277"
//! says = "Cell"

pub struct Server {
    picks: std::cell::Cell<u64>,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: std::cell::Cell::new(0) }
    }

    pub fn count(&self) {
        self.picks.set(self.picks.get() + 1);
    }

    pub fn picks(&self) -> u64 {
        self.picks.get()
    }
}
