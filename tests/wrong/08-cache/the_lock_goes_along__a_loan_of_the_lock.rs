//! exercise = "08-cache/the_lock_goes_along"
//! mark = "body"
//! misconception = "a task may borrow from the function that begins it"
//! fails = "E0373"
//! says = "take the Arc along"

    spawn(land(fetch, |page| shelf.lock().expect(WHOLE).push(page)))
