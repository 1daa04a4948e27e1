//! exercise = "08-cache/one_breath"
//! mark = "body"
//! misconception = "one fetch means one in all"
//! fails = "another_page_does_not_wait"
//! says = "two pages are two fetches"

    self.with(|shard| match shard.pages.get(path) {
        Some(page) => Admitted::Hit(page.clone()),
        None if !shard.under_way.is_empty() => Admitted::Wait,
        None => {
            shard.under_way.insert(path.to_owned());
            Admitted::Fetch
        }
    })
