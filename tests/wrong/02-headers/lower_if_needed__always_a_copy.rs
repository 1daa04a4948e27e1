//! exercise = "02-headers/lower_if_needed"
//! mark = "body"
//! misconception = "a copy is always right"
//! fails = "lends_a_name_without_capitals"
//! says = "nothing has to be copied"

    Cow::Owned(name.to_ascii_lowercase())
