//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "a list of slices can own a text, too"
//! fails = "E0308"
//! says = "somebody would have to own"

    for element in list.split(',') {
        let element = element.trim().to_string();
        if !element.is_empty() {
            found.push(element);
        }
    }
