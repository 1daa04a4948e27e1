//! exercise = "08-cache"
//! mark = "shard"
//! misconception = "what a poisoned lock guards is lost"
//! fails = "step_1_shard::goes_on_after_a_panic_under_the_lock"
//! says = "the entry is still there"

        let at = uri as usize % self.shards.len();
        self.shards[at].lock().unwrap_or_else(|poison| {
            let mut shard = poison.into_inner();
            shard.shelf = Shelf::new(1 << 16, 1 << 14);
            shard
        })
