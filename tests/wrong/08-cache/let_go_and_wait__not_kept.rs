//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "the one who fetched is the only one who needs it"
//! fails = "what_is_missing_is_fetched_and_kept"
//! says = "what is on the shelf afterwards"

    let found = shelf.lock().expect(WHOLE).get(path).cloned();
    match found {
        Some(page) => page,
        None => fetch.await,
    }
