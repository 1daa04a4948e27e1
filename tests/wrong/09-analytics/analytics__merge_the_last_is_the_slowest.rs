//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "the tally that comes last knows best"
//! fails = "step_3_merge::counts_both"
//! says = "two tallies of a line each"

        self.requests += other.requests;
        self.unreadable += other.unreadable;
        self.body_bytes = self.body_bytes.saturating_add(other.body_bytes);
        self.slowest = other.slowest;
        self.statuses = sums(self.statuses, other.statuses);
        self.clients = sums(self.clients, other.clients);
        self.took += other.took;
        self
