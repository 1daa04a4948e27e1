//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! misconception = "0 is a good stand-in for a number that nobody can read"
//! fails = "hands_up_the_error_of_each"
//! says = "or some other number, says less"

fn number(text: &str) -> usize {
    text.trim().parse().unwrap_or(0)
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules), bytes: number(bytes) })
}
