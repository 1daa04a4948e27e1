//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "an element is all that stands between two commas"
//! fails = "leaves_white_space_out"
//! says = "white space around an element"

    for element in list.split(',') {
        if !element.trim().is_empty() {
            found.push(element);
        }
    }
