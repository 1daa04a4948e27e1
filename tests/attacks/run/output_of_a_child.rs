//! attack = "end at once, and leave a child that prints without end"
//! kind = "output bomb"
//! gets = ["output", "exited 0"]
//! held_by = ["output cap", "pid namespace"]

use foe::{fork, ignore_signals, write};

pub fn main() {
    ignore_signals();
    if fork() == Ok(0) {
        loop {
            let _ = write(1, &[b'a'; 16384]);
        }
    }
}
