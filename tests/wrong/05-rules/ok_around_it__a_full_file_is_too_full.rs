//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! misconception = "a limit is the first number that is too large"
//! fails = "a_full_file_is_no_error"
//! says = "200 rules fit into a limit of 200"

    if found >= limit {
        return Err(TooMany { found, limit });
    }
    Ok(limit - found)
