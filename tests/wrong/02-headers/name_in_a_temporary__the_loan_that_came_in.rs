//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! misconception = "what came in can be lent out again, so it is the answer"
//! fails = "writes_a_name_in_small_letters"
//! says = "the log writes small letters"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> &str {
    name
}
