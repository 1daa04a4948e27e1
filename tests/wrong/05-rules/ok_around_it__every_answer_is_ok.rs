//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! misconception = "Ok is around whatever a function returns"
//! fails = "E0308"
//! says = "around what went wrong"

    if found > limit {
        return Ok(TooMany { found, limit });
    }
    Ok(limit - found)
