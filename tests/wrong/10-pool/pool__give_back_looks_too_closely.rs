//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "looking twice cannot hurt"
//! fails = "step_2_give_back::looks_without_a_system_call"
//! says = "a quick look is enough here"

        if !self.is_quiet(Look::Sure) {
            return;
        }
        if let Some(connection) = self.connection.take() {
            self.pool.keep(connection, now_ms);
        }
