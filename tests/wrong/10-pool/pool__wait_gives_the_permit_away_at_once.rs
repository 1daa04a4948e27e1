//! exercise = "10-pool"
//! mark = "wait"
//! misconception = "when a permit was there once, it will be there again in the next line"
//! fails = "step_4_wait::waiters_are_served_in_the_order_of_coming"
//! says = "one was free a moment ago"

        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        let _ = self.places.acquire().await;
        self.places.try_acquire().expect("one was free a moment ago")
