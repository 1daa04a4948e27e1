//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "a flight is known as soon as it exists"
//! fails = "step_2_one_fetch::the_second_one_waits"
//! says = "the second finds that fetch under way"

        let mut shard = self.shard(uri);
        let (key, stale) = match shard.look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        if let Some(slot) = shard.join(key) {
            return Lookup::Wait(Waiting { asked, slot });
        }
        Lookup::fetch(Flight::new(self, asked, uri, key, stale))
