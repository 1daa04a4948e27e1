//! attack = "take descriptors out of another process"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["pid namespace", "seccomp: other processes"]

use foe::{SHUT, call, through};

pub fn main() {
    for process in 1..4 {
        let Ok(handle) = call(434, &[process, 0]) else { continue }; // pidfd_open
        for descriptor in 0..32 {
            match call(438, &[handle, descriptor, 0]) {
                Ok(_) if process != i64::from(std::process::id()) => through("a descriptor of another process"),
                Err(error) if SHUT.contains(&error) => return,
                _ => {}
            }
        }
    }
}
