//! exercise = "08-cache"
//! mark = "shard"
//! misconception = "after a panic under a lock, nobody may have it any more"
//! fails = "step_1_shard::goes_on_after_a_panic_under_the_lock"
//! says = "poison is a mark"

        let at = uri as usize % self.shards.len();
        self.shards[at].lock().expect("no worker panics")
