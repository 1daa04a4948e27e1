//! exercise = "08-cache"
//! mark = "land"
//! misconception = "a value that is dropped runs no code that locks"
//! fails = "step_4_land::the_answer_is_for_those_who_wait_and_for_those_who_come"
//! says = "a lock waits for itself"

        let mut shard = self.cache.shard(self.uri);
        if shard.expects(&self) {
            shard.shelf.insert(self.uri, Arc::clone(&stored));
        }
        *self.landing = Landing::of(stored);
        drop(self);
        drop(shard);
