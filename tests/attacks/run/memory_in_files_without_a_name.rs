//! attack = "hide memory in files of memfd_create, which no process maps"
//! kind = "memory bomb"
//! gets = ["memory", "exited 0"]
//! held_by = ["memory limit", "seccomp: loose memory"]

use foe::{SHUT, at, call, spin, text, through, write};
use std::time::Duration;

pub fn main() {
    let name = text("hoard");
    let block = vec![7u8; 1 << 20];
    let mut mib = 0;
    for _ in 0..24 {
        let file = match call(319, &[at(name.as_c_str()), 0]) {
            Ok(file) => file,
            Err(error) if SHUT.contains(&error) => return,
            Err(_) => break,
        };
        for _ in 0..8 {
            mib += write(file, &block).unwrap_or(0) >> 20;
            spin(Duration::from_millis(1));
        }
    }
    spin(Duration::from_millis(200));
    if mib > 96 {
        through(format!("{mib} MiB in files without a name"));
    }
}
