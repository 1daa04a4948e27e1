//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "a copy that is never freed can be kept"
//! fails = "copies_nothing"
//! says = "an element was copied"

    for element in list.split(',') {
        let element: &str = Box::leak(element.trim().to_string().into_boxed_str());
        if !element.is_empty() {
            found.push(element);
        }
    }
