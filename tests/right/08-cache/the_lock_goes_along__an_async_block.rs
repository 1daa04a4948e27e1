//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! shape = "an async block that waits first"

    spawn(async move {
        let page = fetch.await;
        shelf.lock().expect(WHOLE).push(page);
    })
