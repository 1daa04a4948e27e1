//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "without a lifetime one has to copy"
//! fails = "E0308"
//! says = "a loan of the line"

/// The value of a field line, if its name is `name`.
pub fn value_of(line: &str, name: &str) -> Option<String> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim().to_string()) } else { None }
}
