//! attack = "start a shell, which inherits the descriptor that carries values, and let it answer"
//! kind = "forging"
//! gets = ["fail 0", "crashed 0"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

use std::process::Command;

pub fn greet(_method: &str) -> String {
    // A record: number 0, a value, four bytes of text. Whatever follows is read as the next one.
    let script = r"printf '\000\000\000\000v\004\000\000\000pass\001\000\000\000v\004\000\000\000pass' >&3";
    let _ = Command::new("/bin/sh").args(["-c", script]).status();
    std::process::exit(0)
}
