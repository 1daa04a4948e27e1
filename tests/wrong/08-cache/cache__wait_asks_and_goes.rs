//! exercise = "08-cache"
//! mark = "wait"
//! misconception = "who finds the lock taken asks again later"
//! fails = "step_3_wait::waits_as_long_as_the_fetch_takes"
//! says = "the wait ends with the fetch"

        match self.slot.try_read() {
            Ok(landing) => landing.tell(&self.asked),
            Err(_) => Waited::Again,
        }
