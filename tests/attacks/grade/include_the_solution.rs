//! attack = "the course's own solution, included"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["root of its own"]
//! exercise = "00-tour/first_green"

include!("/solution/file");
