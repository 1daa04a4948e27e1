//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "a second lock in the arm of the first"
//! fails = "the_pages_are_still_there_after_a_panic"
//! says = "no end"

    match shelf.lock() {
        Ok(guard) => guard,
        Err(_) => {
            shelf.clear_poison();
            let mut guard = shelf.lock().expect("the mark is off");
            guard.recount();
            guard
        }
    }
