//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "a guard that was dropped can be used again"
//! fails = "E0382"
//! says = "lock again"

    let mut pages = shelf.lock().expect(WHOLE);
    if let Some(page) = pages.get(path) {
        return page.clone();
    }
    drop(pages);
    let page = fetch.await;
    pages.insert(path.to_owned(), page.clone());
    page
