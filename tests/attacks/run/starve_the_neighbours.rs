//! attack = "take every process that the user may have, and stay, so that nobody else of this user can start one"
//! kind = "fork bomb"
//! gets = ["wall"]
//! held_by = ["user for each box", "process limit", "wall limit"]
//! allow = { wall = 0.8 }

use foe::{fork, sleep_forever};

pub fn main() {
    for _ in 0..64 {
        if fork() == Ok(0) {
            sleep_forever();
        }
    }
    sleep_forever();
}
