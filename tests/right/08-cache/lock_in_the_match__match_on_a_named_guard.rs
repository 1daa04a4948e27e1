//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! shape = "a match on a guard with a name"

    let mut visits = visits.lock().expect(WHOLE);
    match visits.get_mut(path) {
        Some(count) => {
            *count += 1;
            *count
        }
        None => {
            visits.insert(path.to_owned(), 1);
            1
        }
    }
