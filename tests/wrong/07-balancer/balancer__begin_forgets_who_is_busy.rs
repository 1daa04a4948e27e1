//! exercise = "07-balancer"
//! mark = "begin"
//! misconception = "a pick is counted, so nothing more is to be done"
//! fails = "step_1_count::counts_a_server_as_busy_until_the_pick_ends"
//! says = "each server has one request under way"

        self.picks.fetch_add(1, Relaxed);
