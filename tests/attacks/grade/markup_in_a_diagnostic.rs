//! attack = "the same in an error message of the compiler, and in the names of functions"
//! kind = "output text"
//! gets = ["error 0"]
//! held_by = ["clean output"]
//! exercise = "00-tour/first_green"

compile_error!("\u{1b}[2J</td><script>alert(1)</script>]]>\n::error::owned\n\u{202e}");

pub fn greet(_method: &str) -> String {
    String::new()
}
