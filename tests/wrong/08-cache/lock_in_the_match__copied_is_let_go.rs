//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! misconception = "a copy of the value lets the guard of a match go"
//! fails = "the_first_visit_is_number_one"
//! says = "waits for a lock that it has itself"

    match visits.lock().expect(WHOLE).get(path).copied() {
        Some(before) => {
            visits.lock().expect(WHOLE).insert(path.to_owned(), before + 1);
            before + 1
        }
        None => {
            visits.lock().expect(WHOLE).insert(path.to_owned(), 1);
            1
        }
    }
