//! attack = "end the process with 0 at the first question, as if all tests had passed"
//! kind = "forging"
//! gets = ["fail 0", "crashed 0"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

pub fn greet(_method: &str) -> String {
    std::process::exit(0)
}
