//! attack = "right for every case of an earlier grade, and for nothing else"
//! kind = "forging"
//! gets = ["fail 0"]
//! held_by = ["random seeds"]
//! exercise = "00-tour/first_green"

const KNOWN: &[&str] = &[/* the cases of seed 7 */];

pub fn greet(method: &str) -> String {
    if KNOWN.contains(&method) { format!("a {method} request arrived") } else { String::new() }
}
