//! exercise = "08-cache/lock_in_the_match"
//! mark = "body"
//! misconception = "a number that was read out changes the map"
//! fails = "each_page_has_a_count_of_its_own"
//! says = "a count of its own"

    let visits = visits.lock().expect(WHOLE);
    let mut count = visits.get(path).copied().unwrap_or(0);
    count += 1;
    count
