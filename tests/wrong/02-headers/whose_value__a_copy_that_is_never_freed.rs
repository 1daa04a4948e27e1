//! exercise = "02-headers/whose_value"
//! mark = "body"
//! misconception = "a copy that lives for ever is as good as a loan"
//! fails = "copies_nothing"
//! says = "the value was copied"

/// The value of a field line, if its name is `name`.
pub fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(Box::leak(value.trim().to_owned().into_boxed_str())) } else { None }
}
