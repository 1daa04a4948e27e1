//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "when the newest connection is dead, all are"
//! fails = "step_3_reuse::passes_over_dead_connections"
//! says = "behind the dead is a good one"

        let newest = self.idle.lock().expect(LOCK).pop();
        if let Some(Idle { connection, since_ms }) = newest {
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
