//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! shape = "the helper takes the number out and wraps it again"

fn number(text: &str) -> Result<usize, ParseIntError> {
    let number = text.trim().parse::<usize>()?;
    Ok(number)
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    let rules = number(rules)?;
    let bytes = number(bytes)?;
    Ok(Limits { rules, bytes })
}
