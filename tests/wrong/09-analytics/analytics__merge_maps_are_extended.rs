//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "a map that is extended adds up"
//! fails = "step_3_merge::counts_both"
//! says = "a tally of two lines"

        self.requests += other.requests;
        self.unreadable += other.unreadable;
        self.body_bytes = self.body_bytes.saturating_add(other.body_bytes);
        self.slowest = self.slowest.max(other.slowest);
        self.statuses.extend(other.statuses);
        self.clients.extend(other.clients);
        self.took += other.took;
        self
