//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! shape = "two matches, and no `?`"

fn number(text: &str) -> Result<usize, ParseIntError> {
    text.trim().parse()
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    match (number(rules), number(bytes)) {
        (Ok(rules), Ok(bytes)) => Ok(Limits { rules, bytes }),
        (Err(error), _) | (Ok(_), Err(error)) => Err(error),
    }
}
