//! attack = "include a file that has no end"
//! kind = "compile bomb"
//! gets = ["memory", "exited 1", "signal 6", "cpu"]
//! held_by = ["memory limit", "cpu limit"]

pub static ZERO: &[u8] = include_bytes!("/dev/zero");

pub fn greet() -> usize {
    ZERO.len()
}
