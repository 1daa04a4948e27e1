//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "the guard in the head of a `while let` ends before its body"
//! fails = "step_3_reuse::holds_no_lock_while_it_looks"
//! says = "a look can be a system call"

        while let Some(Idle { connection, since_ms }) = self.idle.lock().expect(LOCK).pop() {
            if now_ms.saturating_sub(since_ms) < self.limits.idle_ms && connection.is_quiet(look) {
                self.tally.reuses.fetch_add(1, Ordering::Relaxed);
                return Ok(Lent { pool: self, connection: Some(connection), reused: true, _place: place });
            }
            self.tally.discards.fetch_add(1, Ordering::Relaxed);
        }
