//! exercise = "08-cache/one_breath"
//! mark = "body"
//! misconception = "check, then act, is one thing"
//! fails = "nobody_comes_in_between"
//! says = "do both in one call"

    let page = self.with(|shard| shard.pages.get(path).cloned());
    let under_way = self.with(|shard| shard.under_way.contains(path));
    match page {
        Some(page) => Admitted::Hit(page),
        None if under_way => Admitted::Wait,
        None => {
            self.with(|shard| shard.under_way.insert(path.to_owned()));
            Admitted::Fetch
        }
    }
