//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! shape = "the bytes are counted in place"

    let mut guard = match shelf.lock() {
        Ok(guard) => return guard,
        Err(poisoned) => poisoned.into_inner(),
    };
    guard.bytes = guard.pages.iter().map(|page| page.len()).sum();
    shelf.clear_poison();
    guard
