//! exercise = "08-cache"
//! mark = "wait"
//! misconception = "a call of an async function gives its value"
//! fails = "E0599"
//! says = "await it"

        let landing = self.slot.read();
        landing.tell(&self.asked)
