//! attack = "make a device node for the first disk, and read it"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["no capabilities"]

use foe::{at, call, text, through};

pub fn main() {
    let place = text("/tmp/disk");
    for (major, minor) in [(254, 0), (8, 0), (259, 0), (1, 1), (1, 11)] {
        for kind in [0o060_000, 0o020_000] {
            if call(133, &[at(place.as_c_str()), kind | 0o600, (major << 8) | minor]).is_ok() {
                through(format!("a device {major}:{minor}"));
            }
        }
    }
}
