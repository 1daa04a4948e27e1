//! exercise = "00-tour/first_green"
//! mark = "body"
//! misconception = "a text in quotes is a String"
//! fails = "E0308"
//! says = "makes a String"

    let _ = method;
    "a GET request arrived"
