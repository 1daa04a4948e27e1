//! attack = "rewrite our own memory in safe code, by /proc/self/mem"
//! kind = "forging"
//! gets = ["exited 0"]
//! held_by = ["no /proc"]

pub fn main() {
    for path in ["/proc/self/mem", "/proc/thread-self/mem", "/proc/1/mem"] {
        if std::fs::OpenOptions::new().write(true).open(path).is_ok() {
            foe::through(path);
        }
    }
}
