//! exercise = "00-tour/first_green"
//! mark = "body"
//! shape = "a named argument of format!"

    format!("a {name} request arrived", name = method)
