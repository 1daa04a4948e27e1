//! exercise = "02-headers/whose_value"
//! mark = "body"
//! shape = "a name for the loan, and a body that cuts by numbers"

/// The value of a field line, if its name is `name`.
pub fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let colon = line.find(':')?;
    if !line[..colon].eq_ignore_ascii_case(name) {
        return None;
    }
    Some(line[colon + 1..].trim())
}
