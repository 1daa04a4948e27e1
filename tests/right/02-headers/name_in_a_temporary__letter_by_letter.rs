//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! shape = "collected from letters"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> String {
    name.chars().map(|letter| letter.to_ascii_lowercase()).collect()
}
