//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "a map that moved is still in its tally"
//! fails = "E0382"
//! says = "has moved"

        self.requests += other.requests;
        self.unreadable += other.unreadable;
        self.body_bytes = self.body_bytes.saturating_add(other.body_bytes);
        self.slowest = self.slowest.max(other.slowest);
        self.statuses = sums(self.statuses, other.statuses);
        self.clients = sums(self.clients, other.clients);
        self.clients = sums(self.clients, other.clients);
        self.took += other.took;
        self
