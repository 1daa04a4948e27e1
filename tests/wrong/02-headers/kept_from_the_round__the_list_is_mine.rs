//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! misconception = "a loan to change means that the list begins empty"
//! fails = "adds_to_what_is_there"
//! says = "the list is the caller's"

    found.clear();
    found.extend(list.split(',').map(|element| element.trim()).filter(|element| !element.is_empty()));
