//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! misconception = "a name for the loan keeps the guard, too"
//! fails = "E0716"
//! says = "goes at the end of its line"

    let lines = log.lock().expect(WHOLE).iter();
    let line = lines.last()?;
    Some((line.len(), line.ends_with(" HIT")))
