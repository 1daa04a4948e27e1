//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "a lock is held only in its line"
//! fails = "E0277"
//! says = "A guard that is alive at an `.await` belongs to the future"

        let mut idle = self.idle.lock().expect(LOCK);
        while let Some(Idle { connection, since_ms }) = idle.pop() {
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
