//! attack = "write to the terminal that the grader was started from"
//! kind = "terminal"
//! gets = ["exited 0"]
//! held_by = ["new session"]

use std::io::Write;

pub fn main() {
    if let Ok(mut terminal) = std::fs::OpenOptions::new().write(true).open("/dev/tty") {
        let _ = terminal.write_all(b"\x1b]0;owned\x07password: ");
        foe::through("there is a terminal");
    }
}
