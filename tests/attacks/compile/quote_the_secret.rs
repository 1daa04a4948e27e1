//! attack = "have rustc quote the hidden cases in an error message, as if they were a module"
//! kind = "hidden tests"
//! gets = ["exited 1"]
//! held_by = ["root of its own"]

#[path = "/secret/file"]
mod secret;

pub fn greet() -> u8 {
    secret::nothing()
}
