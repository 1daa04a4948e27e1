//! attack = "raise every limit to infinity"
//! kind = "limits"
//! gets = ["exited 0"]
//! held_by = ["no capabilities"]

use foe::{at, call, through};

pub fn main() {
    let none = [u64::MAX; 2];
    for (what, resource) in
        [("cpu", 0), ("file size", 1), ("core", 4), ("processes", 6), ("descriptors", 7), ("memory lock", 8)]
    {
        if call(160, &[resource, at(&none)]).is_ok() {
            through(format!("no limit on {what} any more"));
        }
    }
}
