//! attack = "read the kernel's log"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: kernel"]

pub fn main() {
    let text = [0u8; 4096];
    foe::door("syslog", 103, &[3, foe::at(&text), 4096]);
    foe::door("syslog size", 103, &[10, 0, 0]);
}
