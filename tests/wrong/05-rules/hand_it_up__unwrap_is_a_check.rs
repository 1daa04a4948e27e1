//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! misconception = "`unwrap` is a check"
//! fails = "hands_up_the_error_of_each"
//! says = "an error for whoever asked: a panic"

fn number(text: &str) -> usize {
    text.trim().parse().unwrap()
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules), bytes: number(bytes) })
}
