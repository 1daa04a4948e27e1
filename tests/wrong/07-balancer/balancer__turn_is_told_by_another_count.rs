//! exercise = "07-balancer"
//! mark = "turn"
//! misconception = "a number that is true now is still true when the server is picked"
//! fails = "step_1_count::no_two_threads_have_the_same_turn"
//! says = "each turn goes to one thread"

        let picks: u64 = self.servers.iter().map(|server| server.picks.load(Relaxed)).sum();
        picks as usize % of
