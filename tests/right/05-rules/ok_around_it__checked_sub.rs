//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! shape = "an Option with an error"

    limit.checked_sub(found).ok_or(TooMany { found, limit })
