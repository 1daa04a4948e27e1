//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "an empty element is an element"
//! fails = "leaves_empty_elements_out"
//! says = "there is none"

    for element in list.split(',') {
        found.push(element.trim());
    }
