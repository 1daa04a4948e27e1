//! exercise = "08-cache"
//! mark = "leave"
//! misconception = "what stands under my key is mine"
//! fails = "step_2_one_fetch::a_change_of_the_page_begins_a_new_fetch"
//! says = "its end is not theirs"

        self.cache.shard(self.uri).flights.remove(&self.key);
