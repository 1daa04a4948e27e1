//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "who owns a value may take any field out of it"
//! fails = "E0509"
//! says = "its Drop still has to run on the whole value"

        if !self.is_quiet(Look::Quick) {
            return;
        }
        if let Some(connection) = self.connection {
            self.pool.keep(connection, now_ms);
        }
