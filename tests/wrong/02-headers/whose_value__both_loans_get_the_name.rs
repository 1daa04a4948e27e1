//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "one lifetime for everything is the safe choice"
//! fails = "E0597"
//! says = "the name has to live as long as the value"

/// The value of a field line, if its name is `name`.
pub fn value_of<'a>(line: &'a str, name: &'a str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
}
