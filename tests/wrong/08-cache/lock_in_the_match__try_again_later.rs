//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! misconception = "a lock that is taken can be left out"
//! fails = "the_first_visit_is_number_one"
//! says = "from 1"

    match visits.lock().expect(WHOLE).get(path) {
        Some(&before) => before + 1,
        None => {
            if let Ok(mut visits) = visits.try_lock() {
                visits.insert(path.to_owned(), 1);
                return 1;
            }
            0
        }
    }
