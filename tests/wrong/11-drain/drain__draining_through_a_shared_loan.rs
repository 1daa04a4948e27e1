//! exercise = "11-drain"
//! mark = "draining"
//! misconception = "a receiver that is shared can wait"
//! fails = "E0596"
//! says = "clone"

    self.0.wait_for(|draining| *draining).await.ok();
