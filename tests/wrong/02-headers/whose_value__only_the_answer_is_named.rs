//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "a lifetime in the answer alone says what is meant"
//! fails = "E0621"
//! says = "The value is a piece of the line"

/// The value of a field line, if its name is `name`.
pub fn value_of<'a>(line: &str, name: &str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
}
