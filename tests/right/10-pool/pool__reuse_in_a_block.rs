//! exercise = "10-pool"
//! mark = "reuse"
//! shape = "a guard with a name, in a block that ends before the look"

        while let Some(kept) = {
            let mut idle = self.idle.lock().expect(LOCK);
            idle.pop()
        } {
            let age_ms = now_ms.saturating_sub(kept.since_ms);
            if age_ms >= self.limits.idle_ms || !kept.connection.is_quiet(look) {
                self.tally.discards.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            self.tally.reuses.fetch_add(1, Ordering::Relaxed);
            return Ok(Lent { pool: self, connection: Some(kept.connection), reused: true, _place: place });
        }
