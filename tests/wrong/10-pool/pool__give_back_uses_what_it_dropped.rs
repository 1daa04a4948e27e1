//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "to free the place early, one drops the lent connection first and uses it after that"
//! fails = "E0382"
//! says = "Whoever drops a Lent has nothing left to give back"

        let pool = self.pool;
        if !self.is_quiet(Look::Quick) {
            return;
        }
        drop(self);
        if let Some(connection) = self.connection.take() {
            pool.keep(connection, now_ms);
        }
