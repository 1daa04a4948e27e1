//! exercise = "08-cache"
//! mark = "shard"
//! misconception = "a hash can be used as an index as it is"
//! fails = "step_1_shard::keeps_what_is_inserted"
//! says = "index out of bounds"

        self.shards[uri as usize].lock().unwrap_or_else(PoisonError::into_inner)
