//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! shape = "to_mut copies when it is asked for the first time"

    let mut small = Cow::Borrowed(name);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        small.to_mut().make_ascii_lowercase();
    }
    small
