//! exercise = "08-cache"
//! mark = "land"
//! misconception = "an Arc is shared by naming it twice"
//! fails = "E0382"
//! says = "one more owner"

        let mut shard = self.cache.shard(self.uri);
        if shard.expects(&self) {
            shard.shelf.insert(self.uri, stored);
        }
        drop(shard);
        *self.landing = Landing::of(stored);
