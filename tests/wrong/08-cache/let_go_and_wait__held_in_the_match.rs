//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "a lock is held only in its line"
//! fails = "what_is_missing_is_fetched_and_kept"
//! says = "waits for a lock that it has itself"

    match shelf.lock().expect(WHOLE).get(path).cloned() {
        Some(page) => page,
        None => {
            let page = fetch.await;
            shelf.lock().expect(WHOLE).insert(path.to_owned(), page.clone());
            page
        }
    }
