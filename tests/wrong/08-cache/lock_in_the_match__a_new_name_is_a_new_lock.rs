//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! misconception = "a name for the guard lets the old one go"
//! fails = "the_first_visit_is_number_one"
//! says = "waits for a lock that it has itself"

    let seen = visits.lock().expect(WHOLE);
    let count = seen.get(path).copied().unwrap_or(0) + 1;
    let mut counts = visits.lock().expect(WHOLE);
    counts.insert(path.to_owned(), count);
    count
