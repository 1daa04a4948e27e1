//! exercise = "08-cache/name_the_guard"
//! mark = "body"
//! misconception = "a loan may outlive its guard"
//! fails = "E0597"
//! says = "ends at the closing brace"

    let line = {
        let lines = log.lock().expect(WHOLE);
        lines.last()?
    };
    Some((line.len(), line.ends_with(" HIT")))
