//! attack = "the course's own solution as a module"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["root of its own"]
//! exercise = "00-tour/first_green"

#[path = "/solution/file"]
mod solution;

pub use solution::greet;
