//! exercise = "02-headers/whose_value"
//! mark = "body"
//! shape = "both loans have a name, and the answer says which one it is"

/// The value of a field line, if its name is `name`.
pub fn value_of<'line, 'name>(line: &'line str, name: &'name str) -> Option<&'line str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
}
