//! exercise = "08-cache"
//! mark = "shard"
//! misconception = "one lock is as good as many"
//! fails = "step_1_shard::spreads_the_uris_over_the_shards"
//! says = "in the shard of its own URI"

        self.shards[0].lock().unwrap_or_else(PoisonError::into_inner)
