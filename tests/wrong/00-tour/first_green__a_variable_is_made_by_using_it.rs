//! exercise = "00-tour/first_green"
//! mark = "body"
//! misconception = "a name comes into being by being used, as in a string template"
//! fails = "E0425"
//! says = "must be spelled like one"

    format!("a {method} request arrived at {time}")
