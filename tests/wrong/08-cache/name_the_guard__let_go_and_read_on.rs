//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! misconception = "after unlocking, the value can still be read"
//! fails = "E0505"
//! says = "drop(lines)` gives the guard away"

    let lines = log.lock().expect(WHOLE);
    let line = lines.last()?;
    drop(lines);
    Some((line.len(), line.ends_with(" HIT")))
