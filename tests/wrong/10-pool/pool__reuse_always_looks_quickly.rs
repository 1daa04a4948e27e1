//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "how closely to look is the pool's own affair"
//! fails = "step_3_reuse::looks_as_closely_as_it_is_asked_to"
//! says = "a request that cannot be sent twice asks for the sure look"

        loop {
            let newest = self.idle.lock().expect(LOCK).pop();
            let Some(Idle { connection, since_ms }) = newest else { break };
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(Look::Quick) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
