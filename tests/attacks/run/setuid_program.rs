//! attack = "start programs that run as root (su, mount, passwd), and one that the runner has left for us"
//! kind = "setuid"
//! gets = ["exited 0"]
//! held_by = ["no new privileges"]

use std::process::Command;

pub fn main() {
    let before = foe::call(107, &[]).expect("geteuid does not fail"); // geteuid
    for path in ["/bait/whoami", "/usr/bin/su", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/newgrp"] {
        let Ok(done) = Command::new(path).arg("--help").output() else { continue };
        let said = String::from_utf8_lossy(&done.stdout);
        if path.starts_with("/bait") && said.trim() != before.to_string() {
            foe::through(format!("{path} ran as user {said}"));
        }
    }
}
