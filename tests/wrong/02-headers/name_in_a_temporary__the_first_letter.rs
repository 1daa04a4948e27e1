//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! misconception = "a name has one capital, and it is the first letter"
//! fails = "writes_a_name_in_small_letters"
//! says = "and not the first one alone"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> String {
    let mut small = String::new();
    for (at, letter) in name.chars().enumerate() {
        small.push(if at == 0 { letter.to_ascii_lowercase() } else { letter });
    }
    small
}
