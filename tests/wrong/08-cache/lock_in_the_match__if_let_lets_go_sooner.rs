//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! misconception = "an `if let` lets the guard go before its body"
//! fails = "each_page_has_a_count_of_its_own"
//! says = "waits for a lock that it has itself"

    if let Some(&before) = visits.lock().expect(WHOLE).get(path) {
        visits.lock().expect(WHOLE).insert(path.to_owned(), before + 1);
        before + 1
    } else {
        visits.lock().expect(WHOLE).insert(path.to_owned(), 1);
        1
    }
