//! attack = "processes that all fork, again and again"
//! kind = "fork bomb"
//! gets = ["exited 0", "cpu", "wall", "signal 9"]
//! held_by = ["process limit", "pid namespace"]

use foe::{fork, sleep_forever};

pub fn main() {
    // Two to the tenth, if nobody stops it; no process waits for another.
    for _ in 0..10 {
        let _ = fork();
    }
    if std::process::id() % 2 == 1 {
        sleep_forever();
    }
}
