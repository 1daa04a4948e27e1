//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "`&self` is enough to change a plain field"
//! fails = "E0594"
//! says = "plain field"

pub struct Server {
    picks: u64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: 0 }
    }

    pub fn count(&self) {
        self.picks += 1;
    }

    pub fn picks(&self) -> u64 {
        self.picks
    }
}
