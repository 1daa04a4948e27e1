//! exercise = "07-balancer/change_through_a_share"
//! mark = "body"
//! misconception = "`let mut` makes a share mutable"
//! fails = "E0596"
//! says = "never `&mut"
//! edits = { "let server = Arc::clone(server);" = "let mut server = Arc::clone(server);" }

pub struct Server {
    picks: u64,
}

impl Server {
    pub fn new() -> Self {
        Self { picks: 0 }
    }

    pub fn count(&mut self) {
        self.picks += 1;
    }

    pub fn picks(&self) -> u64 {
        self.picks
    }
}
