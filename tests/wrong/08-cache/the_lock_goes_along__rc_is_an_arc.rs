//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! misconception = "an Rc shares a lock as well"
//! fails = "E0277"
//! says = "counts without"

    let shelf = std::rc::Rc::new(shelf);
    spawn(land(fetch, move |page| shelf.lock().expect(WHOLE).push(page)))
