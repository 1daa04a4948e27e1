//! exercise = "10-pool"
//! mark = "wait"
//! misconception = "the line behind an await runs in the end"
//! fails = "step_4_wait::a_request_beyond_the_bound_waits_for_a_connection"
//! says = "one request has waited"

        let place = self.places.acquire().await.expect("the pool never closes its places");
        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        place
