//! exercise = "05-rules/ok_around_it"
//! mark = "body"
//! misconception = "a panic is how a function says no"
//! fails = "one_rule_too_many_is_an_error"
//! says = "neither a panic nor a small number says that"

    assert!(found <= limit, "{found} rules, and the limit is {limit}");
    Ok(limit - found)
