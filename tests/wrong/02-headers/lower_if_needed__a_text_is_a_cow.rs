//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "a String is a Cow already"
//! fails = "E0308"
//! says = "Cow::Owned"

    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase()
    } else {
        Cow::Borrowed(name)
    }
