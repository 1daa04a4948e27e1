//! exercise = "08-cache"
//! mark = "land"
//! misconception = "who waits will look on the shelf"
//! fails = "step_4_land::the_answer_is_for_those_who_wait_and_for_those_who_come"
//! says = "for all who waited"

        let mut shard = self.cache.shard(self.uri);
        if shard.expects(&self) {
            shard.shelf.insert(self.uri, stored);
        }
