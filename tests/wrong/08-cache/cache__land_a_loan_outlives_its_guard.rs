//! exercise = "08-cache"
//! mark = "land"
//! misconception = "a guard lives as long as what it lends"
//! fails = "E0716"
//! says = "Give the guard a name"

        let known = self.cache.shard(self.uri).flights.get(&self.key);
        if known.is_some_and(|flying| Arc::ptr_eq(&flying.slot, self.slot())) {
            self.cache.shard(self.uri).shelf.insert(self.uri, Arc::clone(&stored));
        }
        *self.landing = Landing::of(stored);
