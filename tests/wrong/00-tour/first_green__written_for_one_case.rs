//! exercise = "00-tour/first_green"
//! mark = "body"
//! misconception = "it is enough when the first example comes out right"
//! fails = "names_the_method"
//! says = "POST"

    let _ = method;
    String::from("a GET request arrived")
