//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! shape = "unwrap_or_else in place of a match"

    shelf.lock().unwrap_or_else(|poisoned| {
        shelf.clear_poison();
        let mut guard = poisoned.into_inner();
        guard.recount();
        guard
    })
