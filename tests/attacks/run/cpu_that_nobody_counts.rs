//! attack = "children that work for 20 ms each and that nobody waits for, so that their time is added to nobody's"
//! kind = "loop"
//! gets = ["cpu", "wall"]
//! held_by = ["wall limit", "no patience with swarms"]
//! allow = { wall = 1.0 }
//! within = 3.5

use foe::{fork, ignore_signals, spin};
use std::time::Duration;

pub fn main() {
    ignore_signals(); // SIGCHLD, too: the kernel buries our children
    loop {
        match fork() {
            Ok(0) => {
                spin(Duration::from_millis(20));
                std::process::exit(0);
            }
            Ok(_) => {}
            Err(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}
