//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! misconception = "a thread that has the lock may lock again"
//! fails = "tells_the_length_and_whether_it_was_a_hit"
//! says = "waits for a guard of its own"

    let lines = log.lock().expect(WHOLE);
    let line = lines.last()?;
    let hit = log.lock().expect(WHOLE).last()?.ends_with(" HIT");
    Some((line.len(), hit))
