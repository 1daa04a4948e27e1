//! attack = "the crate of the solution, by any name that it may have"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["root of its own"]
//! exercise = "00-tour/first_green"

extern crate part_request as solution;

pub use solution::greet;
