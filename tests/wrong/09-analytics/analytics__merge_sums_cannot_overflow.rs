//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "a sum of u64 is never too large"
//! fails = "step_3_merge::sums_the_bodies_up_to_what_a_number_can_hold"
//! says = "overflow"

        self.requests += other.requests;
        self.unreadable += other.unreadable;
        self.body_bytes += other.body_bytes;
        self.slowest = self.slowest.max(other.slowest);
        self.statuses = sums(self.statuses, other.statuses);
        self.clients = sums(self.clients, other.clients);
        self.took += other.took;
        self
