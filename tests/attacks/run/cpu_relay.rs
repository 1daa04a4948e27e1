//! attack = "a process hands over to its child before its processor time is up, again and again"
//! kind = "loop"
//! gets = ["cpu", "wall"]
//! held_by = ["cpu limit of all together", "pid namespace"]
//! allow = { wall = 4 }

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
