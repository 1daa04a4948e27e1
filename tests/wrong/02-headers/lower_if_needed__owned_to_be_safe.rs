//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "to_lowercase costs nothing where there is nothing to change"
//! fails = "lends_a_name_without_capitals"
//! says = "nothing has to be copied"

    let small = name.to_ascii_lowercase();
    if small.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(small) }
