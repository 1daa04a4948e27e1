//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "counting in a local copy reaches the field"
//! fails = "counts_one_request"
//! says = "it was counted"

pub struct Server {
    picks: u64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: 0 }
    }

    pub fn count(&self) {
        let mut picks = self.picks;
        picks += 1;
        assert!(picks > 0);
    }

    pub fn picks(&self) -> u64 {
        self.picks
    }
}
