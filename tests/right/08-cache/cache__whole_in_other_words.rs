//! exercise = "08-cache"
//! mark = "shard"
//! shape = "the whole part: marks of poison wiped away, scopes instead of drop, matches instead of if let"

        let at = uri as usize % self.shards.len();
        let lock = &self.shards[at];
        match lock.lock() {
            Ok(guard) => guard,
            Err(poison) => {
                lock.clear_poison();
                poison.into_inner()
            }
        }
        // mark: admit
        let mut shard = self.shard(uri);
        match shard.look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => lookup,
            Look::Fetch { key, stale } => match shard.join(key) {
                Some(slot) => Lookup::Wait(Waiting { asked, slot }),
                None => {
                    let flight = Flight::new(self, asked, uri, key, stale);
                    shard.begin(&flight);
                    Lookup::fetch(flight)
                }
            },
        }
        // mark: leave
        let mut shard = self.cache.shard(self.uri);
        if shard.expects(self) {
            shard.flights.remove(&self.key);
        }
        // mark: wait
        self.slot.read().await.tell(&self.asked)
        // mark: land
        {
            let mut shard = self.cache.shard(self.uri);
            if shard.expects(&self) {
                _ = shard.shelf.insert(self.uri, stored.clone());
            }
        }
        let slot = &mut *self.landing;
        *slot = Landing::of(stored);
