//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! shape = "an `if let`, whose guard goes at its end"

    if let Some(page) = shelf.lock().expect(WHOLE).get(path) {
        return page.clone();
    }
    let page = fetch.await;
    let mut pages = shelf.lock().expect(WHOLE);
    pages.insert(path.to_owned(), page.clone());
    page
