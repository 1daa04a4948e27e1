//! exercise = "08-cache"
//! mark = "shard"
//! misconception = "to hand on what a lock guards, borrow it from the guard"
//! fails = "E0308"
//! says = "The guard itself"

        let at = uri as usize % self.shards.len();
        &mut *self.shards[at].lock().unwrap_or_else(PoisonError::into_inner)
