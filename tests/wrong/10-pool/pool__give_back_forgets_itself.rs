//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "when the connection is taken care of, its Drop must not run"
//! fails = "step_2_give_back::keeps_a_connection_that_is_quiet"
//! says = "it is idle, and its place is free"

        if !self.is_quiet(Look::Quick) {
            return;
        }
        if let Some(connection) = self.connection.take() {
            self.pool.keep(connection, now_ms);
        }
        core::mem::forget(self);
