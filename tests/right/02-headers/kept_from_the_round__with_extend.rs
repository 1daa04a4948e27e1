//! exercise = "02-headers/kept_from_the_round"
//! mark = "body"
//! shape = "extend takes an iterator of slices"

    found.extend(list.split(',').map(|element| element.trim()).filter(|element| !element.is_empty()));
