//! attack = "leave a file in /tmp, /dev/shm, /run and /var/tmp for the next submission"
//! kind = "other submissions"
//! gets = ["exited 0"]
//! acts = 2
//! held_by = ["size of /tmp"]

use foe::{Briefing, through};

pub fn main() {
    let briefing = Briefing::read();
    for folder in ["/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/"] {
        let path = format!("{folder}/message");
        if briefing.one("act") == "2" && std::fs::metadata(&path).is_ok() {
            through(format!("{path} of another submission"));
        }
        let _ = std::fs::write(&path, b"the answers are in here");
    }
}
