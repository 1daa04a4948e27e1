//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! misconception = "a loan is safe when its guard is never dropped"
//! fails = "the_lock_is_free_afterwards"
//! says = "nobody gets the log any more"

    let lines = Box::leak(Box::new(log.lock().expect(WHOLE)));
    let line = lines.last()?;
    Some((line.len(), line.ends_with(" HIT")))
