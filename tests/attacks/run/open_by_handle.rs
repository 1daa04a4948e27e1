//! attack = "open host files by their handles, as containers were once escaped from"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: namespaces"]

use foe::{at, call, text};

pub fn main() {
    // struct file_handle: bytes, type, then the root's inode number, 2, and a generation of 0
    let handle = [8u32, 1, 2, 0];
    let root = text("/usr");
    let folder = call(2, &[at(root.as_c_str()), 0]).unwrap_or(3);
    foe::door("open_by_handle_at", 304, &[folder, at(&handle), 0]);
}
