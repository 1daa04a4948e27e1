//! exercise = "08-cache"
//! mark = "land"
//! misconception = "an answer that has just come is new"
//! fails = "step_4_land::a_page_that_was_changed_meanwhile_is_not_kept"
//! says = "is kept for nobody"

        self.cache.shard(self.uri).shelf.insert(self.uri, Arc::clone(&stored));
        *self.landing = Landing::of(stored);
