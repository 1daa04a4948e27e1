//! exercise = "08-cache/one_breath"
//! mark = "body"
//! shape = "a match, and the answer of insert"

    self.with(|shard| match shard.pages.get(path) {
        Some(page) => Admitted::Hit(page.clone()),
        None if shard.under_way.contains(path) => Admitted::Wait,
        None => {
            shard.under_way.insert(path.to_owned());
            Admitted::Fetch
        }
    })
