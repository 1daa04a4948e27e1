//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "what is read later is later"
//! fails = "step_3_reuse::takes_a_clock_that_is_a_little_behind"
//! says = "attempt to subtract with overflow"

        loop {
            let newest = self.idle.lock().expect(LOCK).pop();
            let Some(Idle { connection, since_ms }) = newest else { break };
            if now_ms - since_ms < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
