//! exercise = "08-cache"
//! mark = "wait"
//! misconception = "to wait is to block"
//! fails = "step_3_wait::waits_as_long_as_the_fetch_takes"
//! says = "expected: an end within"

        let landing = self.slot.blocking_read();
        landing.tell(&self.asked)
