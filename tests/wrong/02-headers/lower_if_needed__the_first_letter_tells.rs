//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "a name with a capital begins with one"
//! fails = "gives_small_letters"
//! says = "a capital in the middle"

    if name.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
