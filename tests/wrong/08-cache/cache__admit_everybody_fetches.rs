//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "who finds nothing fetches"
//! fails = "step_2_one_fetch::the_second_one_waits"
//! says = "the second finds that fetch under way"

        let mut shard = self.shard(uri);
        let (key, stale) = match shard.look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        let flight = Flight::new(self, asked, uri, key, stale);
        shard.begin(&flight);
        Lookup::fetch(flight)
