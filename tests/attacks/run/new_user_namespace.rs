//! attack = "a user namespace of our own, in which we have every capability"
//! kind = "namespaces"
//! gets = ["exited 0"]
//! held_by = ["seccomp: namespaces"]

use foe::{call, door, through};

pub fn main() {
    door("unshare(CLONE_NEWUSER)", 272, &[0x1000_0000]);
    match call(56, &[0x1000_0000 | 17, 0, 0, 0, 0]) {
        Ok(0) => std::process::exit(0),
        Ok(_) => through("a child in a user namespace of its own"),
        Err(_) => {}
    }
}
