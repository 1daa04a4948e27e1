//! attack = "change the root to a folder, and climb out of it"
//! kind = "mounts"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: namespaces"]

use foe::{at, call, text, through};

pub fn main() {
    let _ = std::fs::create_dir("/tmp/cell");
    let (cell, here) = (text("/tmp/cell"), text("."));
    if call(161, &[at(cell.as_c_str())]).is_ok() {
        for _ in 0..64 {
            let _ = std::env::set_current_dir("..");
        }
        let _ = call(161, &[at(here.as_c_str())]);
        through("chroot");
    }
}
