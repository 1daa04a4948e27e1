//! exercise = "08-cache"
//! mark = "wait"
//! misconception = "to wait is to look until it is there"
//! fails = "step_3_wait::waits_as_long_as_the_fetch_takes"
//! says = "expected: an end within"

        loop {
            if let Ok(landing) = self.slot.try_read() {
                return landing.tell(&self.asked);
            }
        }
