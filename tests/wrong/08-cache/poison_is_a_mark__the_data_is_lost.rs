//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "a poisoned lock is lost data"
//! fails = "the_pages_are_still_there_after_a_panic"
//! says = "takes nothing away"

    let was_poisoned = shelf.is_poisoned();
    shelf.clear_poison();
    let mut guard = shelf.lock().expect("the mark is off");
    if was_poisoned {
        *guard = Shelf::default();
    }
    guard
