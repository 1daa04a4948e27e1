//! exercise = "08-cache/one_breath"
//! mark = "body"
//! misconception = "who finds nothing fetches"
//! fails = "one_fetches_and_the_next_ones_wait"
//! says = "the first one fetches"

    match self.with(|shard| shard.pages.get(path).cloned()) {
        Some(page) => Admitted::Hit(page),
        None => Admitted::Fetch,
    }
