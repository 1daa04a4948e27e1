//! exercise = "08-cache"
//! mark = "wait"
//! misconception = "any guard will do to wait for"
//! fails = "step_3_wait::one_who_is_slow_to_wake_holds_up_nobody"
//! says = "no queue, no convoy"

        let landing = self.slot.write().await;
        landing.tell(&self.asked)
