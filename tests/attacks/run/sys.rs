//! attack = "read the machine's description in /sys"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["root of its own"]

pub fn main() {
    for path in ["/sys/class", "/sys/fs/cgroup", "/sys/kernel", "/etc/passwd", "/etc/shadow", "/etc/hostname"] {
        if std::fs::metadata(path).is_ok() {
            foe::through(format!("{path} is there"));
        }
    }
}
