//! attack = "have rustc put the hidden cases into a diagnostic"
//! kind = "hidden tests"
//! gets = ["error 0"]
//! held_by = ["root of its own"]
//! exercise = "00-tour/first_green"

pub fn greet(_method: &str) -> String {
    include!("/secret/file")
}
