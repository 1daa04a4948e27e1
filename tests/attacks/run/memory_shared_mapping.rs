//! attack = "take memory as a shared mapping, and hand it to a child"
//! kind = "memory bomb"
//! gets = ["memory", "exited 1"]
//! held_by = ["memory limit"]

use foe::{fork, spin, through, touch};
use std::time::Duration;

pub fn main() {
    for _ in 0..30 {
        if !touch(8, 1) {
            std::process::exit(1);
        }
        spin(Duration::from_millis(4));
    }
    if fork() == Ok(0) {
        std::process::exit(0);
    }
    through("240 MiB in shared mappings");
}
