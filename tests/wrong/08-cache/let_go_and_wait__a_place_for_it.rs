//! exercise = "08-cache/let_go_and_wait"
//! mark = "body"
//! misconception = "a place that is empty does no harm"
//! fails = "nobody_sees_a_page_that_has_not_come"
//! says = "nothing has come yet"

    let mut pages = shelf.lock().expect(WHOLE);
    if let Some(page) = pages.get(path) {
        return page.clone();
    }
    pages.insert(path.to_owned(), String::new());
    drop(pages);
    let page = fetch.await;
    shelf.lock().expect(WHOLE).insert(path.to_owned(), page.clone());
    page
