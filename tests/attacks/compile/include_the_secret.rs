//! attack = "include the hidden cases as a text"
//! kind = "hidden tests"
//! gets = ["exited 1"]
//! held_by = ["root of its own"]

pub fn greet() -> &'static str {
    include_str!("/secret/file")
}
