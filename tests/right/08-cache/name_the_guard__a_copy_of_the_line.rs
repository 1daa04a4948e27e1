//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! shape = "the line is copied, so the guard may go"

    let line = log.lock().expect(WHOLE).last().cloned()?;
    Some((line.len(), line.ends_with(" HIT")))
