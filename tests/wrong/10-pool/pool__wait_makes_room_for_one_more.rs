//! exercise = "10-pool"
//! mark = "wait"
//! misconception = "a request must never wait, so the pool grows"
//! fails = "step_4_wait::a_request_beyond_the_bound_waits_for_a_connection"
//! says = "every place is taken"

        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        self.places.add_permits(1);
        self.places.acquire().await.expect("the pool never closes its places")
