//! exercise = "11-drain"
//! mark = "draining"
//! misconception = "a future that looks once waits"
//! fails = "step_2_draining::waits_while_nobody_stops"
//! says = "has not begun"

    let _ = *self.0.borrow();
