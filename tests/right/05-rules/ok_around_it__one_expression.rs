//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! shape = "if and else, each with its wrapper"

    if found <= limit { Ok(limit - found) } else { Err(TooMany { found, limit }) }
