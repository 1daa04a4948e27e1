//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "a slice of a slice lives longer"
//! fails = "E0597"
//! says = "a slice of the list"

    for element in list.split(',') {
        let owned = element.trim().to_string();
        let element = &owned[..];
        if !element.is_empty() {
            found.push(element);
        }
    }
