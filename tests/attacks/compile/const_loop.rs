//! attack = "a constant that is never worked out"
//! kind = "compile bomb"
//! gets = ["cpu"]
//! held_by = ["cpu limit"]

#![allow(long_running_const_eval)]

pub const NEVER: u64 = {
    let mut count = 0u64;
    loop {
        count = count.wrapping_add(1);
    }
};

pub fn greet() -> u64 {
    NEVER
}
