//! exercise = "08-cache/one_breath"
//! mark = "body"
//! shape = "a quick look first, and the whole one under one lock after it"

    if let Some(page) = self.with(|shard| shard.pages.get(path).cloned()) {
        return Admitted::Hit(page);
    }
    self.with(|shard| match shard.pages.get(path) {
        Some(page) => Admitted::Hit(page.clone()),
        None if shard.under_way.insert(path.to_owned()) => Admitted::Fetch,
        None => Admitted::Wait,
    })
