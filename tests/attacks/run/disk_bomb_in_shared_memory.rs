//! attack = "fill /dev/shm with many files"
//! kind = "disk bomb"
//! gets = ["exited 0", "memory"]
//! held_by = ["size of /dev/shm"]

use foe::{Briefing, through};

pub fn main() {
    let allowed: usize = Briefing::read().one("tmp").parse().expect("a number");
    let block = vec![7u8; 1 << 20];
    let mib = (0..48).take_while(|number| std::fs::write(format!("/dev/shm/{number}"), &block).is_ok()).count();
    if mib > allowed {
        through(format!("{mib} MiB in /dev/shm where {allowed} are allowed"));
    }
}
