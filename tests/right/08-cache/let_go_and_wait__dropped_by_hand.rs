//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! shape = "the guard has a name and is dropped by hand"

    let pages = shelf.lock().expect(WHOLE);
    if let Some(page) = pages.get(path) {
        return page.clone();
    }
    drop(pages);
    let page = fetch.await;
    shelf.lock().expect(WHOLE).insert(path.to_owned(), page.clone());
    page
