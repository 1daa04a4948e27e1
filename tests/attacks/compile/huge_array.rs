//! attack = "an array of 8 GiB in the program"
//! kind = "compile bomb"
//! gets = ["memory", "exited 1", "signal 6", "cpu"]
//! held_by = ["memory limit"]

pub static HUGE: [u8; 8 << 30] = [1; 8 << 30];

pub fn greet(at: usize) -> u8 {
    HUGE[at]
}
