//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "a lock is held only in its line"
//! fails = "step_2_one_fetch::the_first_one_fetches"
//! says = "a lock waits for itself"

        match self.shard(uri).look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => lookup,
            Look::Fetch { key, stale } => {
                let mut shard = self.shard(uri);
                if let Some(slot) = shard.join(key) {
                    return Lookup::Wait(Waiting { asked, slot });
                }
                let flight = Flight::new(self, asked, uri, key, stale);
                shard.begin(&flight);
                Lookup::fetch(flight)
            }
        }
