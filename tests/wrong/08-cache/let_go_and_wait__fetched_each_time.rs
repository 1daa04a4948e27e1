//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "who waits needs no lock"
//! fails = "what_is_on_the_shelf_is_not_fetched"
//! says = "nobody has to wait for an upstream"

    let page = fetch.await;
    shelf.lock().expect(WHOLE).entry(path.to_owned()).or_insert(page).clone()
