//! exercise = "05-rules/hand_it_up"
//! mark = "body"
//! misconception = "a Result can stand where its number is asked for"
//! fails = "E0308"
//! says = "`number(rules)?`"

fn number(text: &str) -> Result<usize, ParseIntError> {
    text.trim().parse()
}

pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules), bytes: number(bytes) })
}
