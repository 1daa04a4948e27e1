//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! shape = "all that needs the guard stands in its line"

    log.lock().expect(WHOLE).last().map(|line| (line.len(), line.ends_with(" HIT")))
