//! exercise = "02-headers/name_in_a_temporary"
//! mark = "body"
//! misconception = "a text that is never freed is a good loan"
//! fails = "gives_the_text_itself_away"
//! says = "has to leave as itself"

/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> &'static str {
    Box::leak(name.to_ascii_lowercase().into_boxed_str())
}
