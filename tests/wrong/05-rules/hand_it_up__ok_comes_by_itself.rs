//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! misconception = "behind a `?`, the Ok comes by itself"
//! fails = "E0308"
//! says = "`Ok("

fn number(text: &str) -> Result<usize, ParseIntError> {
    text.trim().parse::<usize>()?
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules)?, bytes: number(bytes)? })
}
