//! attack = "an endless loop in each of eight children, while the parent waits"
//! kind = "loop"
//! gets = ["cpu", "wall"]
//! held_by = ["cpu limit", "wall limit"]
//! allow = { wall = 0.8 }

use foe::{fork, sleep_forever};

pub fn main() {
    for _ in 0..8 {
        if fork() == Ok(0) {
            loop {
                std::hint::spin_loop();
            }
        }
    }
    sleep_forever();
}
