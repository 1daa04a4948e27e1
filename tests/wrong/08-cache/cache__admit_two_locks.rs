//! exercise = "08-cache"
//! mark = "admit"
//! misconception = "two steps that are each safe are safe together"
//! fails = "step_2_one_fetch::of_all_who_come_at_once_one_fetches"
//! says = "look and begin under one lock"

        let (key, stale) = match self.shard(uri).look(&self.hasher, &asked, wish, uri, now_ms) {
            Look::Answered(lookup) => return lookup,
            Look::Fetch { key, stale } => (key, stale),
        };
        let under_way = self.shard(uri).join(key);
        if let Some(slot) = under_way {
            return Lookup::Wait(Waiting { asked, slot });
        }
        let flight = Flight::new(self, asked, uri, key, stale);
        self.shard(uri).begin(&flight);
        Lookup::fetch(flight)
