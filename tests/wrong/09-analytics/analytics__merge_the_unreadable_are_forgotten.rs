//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "only what could be read is merged"
//! fails = "step_3_merge::counts_both"
//! says = "what one tally of all lines says"

        self.requests += other.requests;
        self.body_bytes = self.body_bytes.saturating_add(other.body_bytes);
        self.slowest = self.slowest.max(other.slowest);
        self.statuses = sums(self.statuses, other.statuses);
        self.clients = sums(self.clients, other.clients);
        self.took += other.took;
        self
