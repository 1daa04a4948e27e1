//! attack = "set the machine's clock"
//! kind = "host change"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel", "no capabilities"]

use foe::{at, door};

pub fn main() {
    // Nanoseconds out of range: a kernel that is reached answers EINVAL, and leaves the clock alone.
    let wrong = [0i64, -1];
    door("clock_settime", 227, &[0, at(&wrong)]);
    door("settimeofday", 164, &[at(&wrong), 0]);
    let adjust = [1i64 << 31; 26];
    door("adjtimex", 159, &[at(&adjust)]);
    door("clock_adjtime", 305, &[0, at(&adjust)]);
}
