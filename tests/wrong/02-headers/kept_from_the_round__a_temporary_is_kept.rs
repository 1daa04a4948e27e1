//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "what a line makes stays until the function ends"
//! fails = "E0716"
//! says = "freed at the end of its line"

    for element in list.split(',') {
        if !element.trim().is_empty() {
            found.push(element.trim().to_string().as_str());
        }
    }
