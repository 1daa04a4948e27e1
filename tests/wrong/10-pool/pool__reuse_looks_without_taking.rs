//! exercise = "10-pool"
//! mark = "reuse"
//! misconception = "what is behind a lock can be moved out through the guard"
//! fails = "E0507"
//! says = "pop"

        let newest = self.idle.lock().expect(LOCK);
        if let Some(kept) = newest.last() {
            return Ok(Lent { pool: self, connection: Some(kept.connection), reused: true, _place: place });
        }
