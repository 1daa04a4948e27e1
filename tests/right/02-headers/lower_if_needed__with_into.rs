//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! shape = "into makes a Cow of either of two"

    match name.find(|letter: char| letter.is_ascii_uppercase()) {
        Some(_) => name.to_ascii_lowercase().into(),
        None => name.into(),
    }
