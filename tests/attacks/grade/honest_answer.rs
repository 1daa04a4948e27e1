//! attack = "none: a right answer of another shape, which must pass"
//! kind = "control"
//! gets = ["pass 1"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

pub fn greet(method: &str) -> String {
    ["a", method, "request arrived"].join(" ")
}
