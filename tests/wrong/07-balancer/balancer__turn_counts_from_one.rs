//! exercise = "07-balancer"
//! mark = "turn"
//! misconception = "fetch_add gives the new value, as += would"
//! fails = "step_1_count::takes_turns"
//! says = "one after the other"

        let new = self.next.fetch_add(1, Relaxed) + 1;
        new % of
