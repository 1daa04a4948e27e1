//! attack = "have rustc print a variable of the grader's environment in an error message"
//! kind = "environment"
//! gets = ["exited 1"]
//! held_by = ["empty environment"]

compile_error!(concat!("the secret is ", env!("PROXYLINGS_SECRET")));

pub fn main() {}
