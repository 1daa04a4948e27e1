//! exercise = "08-cache"
//! mark = "leave"
//! misconception = "a worker that panics cannot tidy up"
//! fails = "step_2_one_fetch::a_fetch_that_panics_is_not_under_way_any_more"
//! says = "does not wait for a worker that is gone"

        if !std::thread::panicking() {
            self.cache.shard(self.uri).end(self);
        }
