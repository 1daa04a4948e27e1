//! attack = "sixteen children, each with a modest share of memory"
//! kind = "memory bomb"
//! gets = ["memory"]
//! held_by = ["memory limit"]

use foe::{fork, through, touch, wait};
use std::time::Duration;

pub fn main() {
    let mut children = 0;
    for _ in 0..12 {
        match fork() {
            Ok(0) => {
                let taken = touch(16, 2);
                std::thread::sleep(Duration::from_millis(700));
                std::process::exit(if taken { 0 } else { 1 });
            }
            Ok(_) => children += 1,
            Err(_) => break,
        }
    }
    std::thread::sleep(Duration::from_millis(500));
    let lived = (0..children).filter(|_| wait() == Ok(0)).count();
    if lived == 12 {
        through("192 MiB in twelve processes");
    }
}
