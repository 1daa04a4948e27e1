//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "all asks whether there is one"
//! fails = "gives_small_letters"
//! says = "a capital at the beginning"

    if name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
