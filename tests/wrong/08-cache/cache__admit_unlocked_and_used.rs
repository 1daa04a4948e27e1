//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "a shard can be used after its lock is given back"
//! fails = "E0382"
//! says = "The guard is gone"

        let mut shard = self.shard(uri);
        let (key, stale) = match shard.look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        drop(shard);
        if let Some(slot) = shard.join(key) {
            return Lookup::Wait(Waiting { asked, slot });
        }
        let flight = Flight::new(self, asked, uri, key, stale);
        shard.begin(&flight);
        Lookup::fetch(flight)
