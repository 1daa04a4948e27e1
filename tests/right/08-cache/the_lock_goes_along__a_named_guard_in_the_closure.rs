//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! shape = "the guard has a name, inside of the closure"

    spawn(land(fetch, move |page| {
        let mut pages = shelf.lock().expect(WHOLE);
        pages.push(page);
    }))
