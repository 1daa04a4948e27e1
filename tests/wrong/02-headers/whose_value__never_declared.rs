//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "a lifetime can be used without being declared"
//! fails = "E0261"
//! says = "behind the function's name"

/// The value of a field line, if its name is `name`.
pub fn value_of(line: &'a str, name: &str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
}
