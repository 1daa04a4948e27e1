//! exercise = "08-cache/one_breath"
//! mark = "body"
//! misconception = "a lock that one has can be taken again"
//! fails = "one_fetches_and_the_next_ones_wait"
//! says = "waits for itself"

    self.with(|shard| match shard.pages.get(path) {
        Some(page) => Admitted::Hit(page.clone()),
        None if self.with(|shard| shard.under_way.insert(path.to_owned())) => Admitted::Fetch,
        None => Admitted::Wait,
    })
