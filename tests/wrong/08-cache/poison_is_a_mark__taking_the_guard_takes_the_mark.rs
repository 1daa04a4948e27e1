//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "whoever takes the guard has taken the mark off"
//! fails = "the_mark_is_taken_off"
//! says = "what is mended needs no mark"

    shelf.lock().unwrap_or_else(|poisoned| {
        let mut guard = poisoned.into_inner();
        guard.recount();
        guard
    })
