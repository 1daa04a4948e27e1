//! exercise = "08-cache"
//! mark = "land"
//! shape = "the answer goes into the slot before the guard goes; nobody waits longer for that"

        let cache = self.cache;
        let mut shard = cache.shard(self.uri);
        *self.landing = Landing::of(Arc::clone(&stored));
        if shard.expects(&self) {
            shard.shelf.insert(self.uri, stored);
        }
