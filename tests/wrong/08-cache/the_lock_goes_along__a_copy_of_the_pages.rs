//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! misconception = "a copy of the shelf is the shelf"
//! fails = "the_page_is_on_the_shelf_when_it_has_come"
//! says = "behind the old one"

    let mut pages = shelf.lock().expect(WHOLE).clone();
    spawn(land(fetch, move |page| pages.push(page)))
