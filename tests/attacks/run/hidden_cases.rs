//! attack = "read the hidden cases, at the paths that they have on the host"
//! kind = "hidden tests"
//! gets = ["exited 0"]
//! held_by = ["root of its own"]

use foe::{Briefing, show};

pub fn main() {
    for path in Briefing::read().all("file") {
        show(path);
    }
}
