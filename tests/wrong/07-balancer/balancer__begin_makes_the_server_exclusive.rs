//! exercise = "07-balancer"
//! mark = "begin"
//! misconception = "active says whether the server is busy, and not how much"
//! fails = "step_1_count::prefers_the_server_with_the_fewest_requests"
//! says = "each one takes its share"

        self.active.store(1, Relaxed);
        self.picks.fetch_add(1, Relaxed);
