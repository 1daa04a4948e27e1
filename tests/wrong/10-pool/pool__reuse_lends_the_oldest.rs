//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "fair is what serves in turn, so the connection that waited longest goes first"
//! fails = "step_3_reuse::lends_the_one_that_came_back_last"
//! says = "the warmest connection is the likeliest to live"

        loop {
            let Idle { connection, since_ms } = {
                let mut idle = self.idle.lock().expect(LOCK);
                if idle.is_empty() {
                    break;
                }
                idle.remove(0)
            };
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
