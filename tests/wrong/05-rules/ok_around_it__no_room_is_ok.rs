//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! misconception = "a small number is a way to say no"
//! fails = "one_rule_too_many_is_an_error"
//! says = "neither a panic nor a small number says that"

    Ok(limit.saturating_sub(found))
