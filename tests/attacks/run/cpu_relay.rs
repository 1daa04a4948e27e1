//! attack = "a process hands over to its child before its processor time is up, again and again"
//! kind = "loop"
//! gets = ["cpu", "wall", "exited 0"]
//! held_by = ["wall limit", "pid namespace"]
//! allow = { wall = 0.8 }

use foe::{fork, spin};
use std::time::Duration;

pub fn main() {
    loop {
        spin(Duration::from_millis(300));
        if fork() != Ok(0) {
            // The first parent's end is the end of the box: nobody else's time is spent then.
            std::thread::sleep(Duration::from_secs(600));
        }
    }
}
