//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! misconception = "`?` makes a Result of a number"
//! fails = "E0277"
//! says = "takes a value out of a Result"

    if found > limit {
        return Err(TooMany { found, limit });
    }
    (limit - found)?
