//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! shape = "a copy, changed where it is"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> String {
    let mut small = name.to_owned();
    small.make_ascii_lowercase();
    small
}
