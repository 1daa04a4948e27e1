//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "what a guard lends stays when the guard is gone"
//! fails = "E0716"
//! says = "Give the guard a name"

        let (key, stale) = match self.shard(uri).look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        let under_way = self.shard(uri).flights.get(&key);
        if let Some(flying) = under_way {
            return Lookup::Wait(Waiting { asked, slot: Arc::clone(&flying.slot) });
        }
        let flight = Flight::new(self, asked, uri, key, stale);
        self.shard(uri).begin(&flight);
        Lookup::fetch(flight)
