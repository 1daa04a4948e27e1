//! attack = "an endless loop in each of eight children, while the parent waits"
//! kind = "loop"
//! gets = ["cpu"]
//! held_by = ["cpu limit of all together"]
//! allow = { wall = 2.5 }

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
