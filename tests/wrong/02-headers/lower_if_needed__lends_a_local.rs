//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "Borrowed can lend what was made here"
//! fails = "E0515"
//! says = "belongs to this function"

    let small = name.to_ascii_lowercase();
    if small == name { Cow::Borrowed(name) } else { Cow::Borrowed(&small) }
