//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! misconception = "an Option is as good as a Result"
//! fails = "E0277"
//! says = "an Option has no error"

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules)?, bytes: number(bytes)? })
}
