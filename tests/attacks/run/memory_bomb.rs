//! attack = "take memory until it is gone"
//! kind = "memory bomb"
//! gets = ["memory", "signal 6"]
//! held_by = ["memory limit"]

use foe::{spin, through};
use std::time::Duration;

pub fn main() {
    let mut hoard = Vec::new();
    for _ in 0..60 {
        hoard.push(vec![7u8; 4 << 20]);
        spin(Duration::from_millis(2));
    }
    through(format!("{} MiB", 4 * hoard.len()));
}
