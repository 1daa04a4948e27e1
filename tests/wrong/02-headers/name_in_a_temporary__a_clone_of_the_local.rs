//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! misconception = "a clone can be lent to the caller"
//! fails = "E0515"
//! says = "give the String itself away"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> &str {
    let small = name.to_ascii_lowercase();
    &small.clone()
}
