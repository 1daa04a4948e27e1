//! attack = "three processes that ignore every signal and sleep, while the grader is killed"
//! kind = "orphan"
//! gets = ["the grader's own process was ended"]
//! held_by = ["death with the grader", "pid namespace"]
//! scene = "the grader is killed"
//! allow = { wall = 20 }

use foe::{fork, ignore_signals, sleep_forever};

pub fn main() {
    ignore_signals();
    for _ in 0..2 {
        if fork() == Ok(0) {
            sleep_forever();
        }
    }
    sleep_forever();
}
