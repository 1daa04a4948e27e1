//! exercise = "00-tour/first_green"
//! mark = "body"
//! misconception = "a name in braces is part of the text"
//! fails = "names_the_method"
//! says = "in single braces"

    let _ = method;
    String::from("a {method} request arrived")
