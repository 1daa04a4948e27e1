//! attack = "be the program and not a library of it: another crate type, no main, the shim's name"
//! kind = "forging"
//! gets = ["error 0", "fail 0", "crashed 0"]
//! held_by = ["values are compared outside", "types are pinned"]
//! exercise = "00-tour/first_green"

#![crate_type = "bin"]
#![crate_name = "shim"]

pub fn main() {
    std::process::exit(0);
}
