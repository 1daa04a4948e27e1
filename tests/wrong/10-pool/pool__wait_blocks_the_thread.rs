//! exercise = "10-pool"
//! mark = "wait"
//! misconception = "waiting in an async function may hold its thread, as in any other"
//! fails = "timeout"
//! says = "a loop that never ends"

        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        loop {
            if let Ok(place) = self.places.try_acquire() {
                return place;
            }
            core::hint::spin_loop();
        }
