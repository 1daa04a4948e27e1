//! attack = "read from every descriptor beside those that a program is given"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["no inherited descriptors"]

use foe::{at, call, through};

pub fn main() {
    let status = [0u8; 256];
    let open: Vec<_> = (4..1024).filter(|descriptor| call(5, &[*descriptor, at(&status)]).is_ok()).collect();
    if !open.is_empty() {
        through(format!("the descriptors {open:?} are open"));
    }
}
