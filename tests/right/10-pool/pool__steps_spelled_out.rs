//! exercise = "10-pool"
//! mark = "dial"
//! shape = "a match instead of `?`, a drop that is spelled out, and a permit that is unwrapped by a match"

        match dial().await {
            Ok(connection) => {
                self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
                self.reused = false;
                self.connection.replace(connection);
                Ok(self)
            }
            Err(error) => {
                drop(self);
                Err(error)
            }
        }
// mark: give_back
        match self.connection.take() {
            Some(connection) if connection.is_quiet(Look::Quick) => self.pool.keep(connection, now_ms),
            dirty => {
                self.connection = dirty;
                drop(self);
            }
        }
// mark: wait
        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        match self.places.acquire().await {
            Ok(place) => place,
            Err(_) => unreachable!("the pool never closes its places"),
        }
