//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! misconception = "what was copied can be written back later"
//! fails = "what_others_put_there_meanwhile_stays"
//! says = "does not know of the bread"

    let mut pages = shelf.lock().expect(WHOLE).clone();
    spawn(land(fetch, move |page| {
        pages.push(page);
        *shelf.lock().expect(WHOLE) = pages;
    }))
