//! exercise = "10-pool"
//! mark = "dial"
//! misconception = "who comes from the pool has served before"
//! fails = "step_3_reuse::a_redialled_connection_is_not_a_reused_one"
//! says = "a new connection that breaks is the upstream's fault"

        self.connection = Some(dial().await?);
        self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        Ok(self)
