//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "names are compared byte by byte"
//! fails = "compares_names_without_regard_to_capitals"
//! says = "small or capital"

/// The value of a field line, if its name is `name`.
pub fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before == name { Some(value.trim()) } else { None }
}
