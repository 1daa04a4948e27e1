//! attack = "mount a /proc of our own, as the box has none"
//! kind = "mounts"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: namespaces"]

use foe::{at, call, text, through};

pub fn main() {
    let _ = std::fs::create_dir("/tmp/proc");
    let (kind, place) = (text("proc"), text("/tmp/proc"));
    if call(165, &[at(kind.as_c_str()), at(place.as_c_str()), at(kind.as_c_str()), 0, 0]).is_ok() {
        through("/proc is mounted on /tmp/proc");
    }
}
