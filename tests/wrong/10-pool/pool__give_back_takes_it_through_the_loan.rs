//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "a star in front of a smart pointer takes out what it points to"
//! fails = "E0507"
//! says = "Deref only lends you the connection"

        if self.is_quiet(Look::Quick) {
            self.pool.keep(*self, now_ms);
        }
