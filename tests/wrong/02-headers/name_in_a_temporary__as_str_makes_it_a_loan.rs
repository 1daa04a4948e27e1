//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! misconception = "as_str makes a local text into one that can be lent"
//! fails = "E0515"
//! says = "give the String itself away"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> &str {
    name.to_ascii_lowercase().as_str()
}
