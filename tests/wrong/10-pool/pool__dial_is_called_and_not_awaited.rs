//! exercise = "10-pool"
//! mark = "dial"
//! misconception = "calling an async function runs it, as calling any function does"
//! fails = "E0277"
//! says = "A call of an async function gives a future"

        self.connection = Some(dial()?);
        self.reused = false;
        self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        Ok(self)
