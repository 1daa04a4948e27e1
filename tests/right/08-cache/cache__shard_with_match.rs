//! exercise = "08-cache"
//! mark = "shard"
//! shape = "match on the poison, and take the guard out of it"

        let at = (uri % self.shards.len() as u64) as usize;
        match self.shards[at].lock() {
            Ok(guard) => guard,
            Err(poison) => poison.into_inner(),
        }
