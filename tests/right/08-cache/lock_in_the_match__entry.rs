//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! shape = "the entry of the map, under one guard"

    let mut visits = visits.lock().expect(WHOLE);
    let count = visits.entry(path.to_owned()).or_insert(0);
    *count += 1;
    *count
