//! attack = "read the environment, command line and memory map of every process from /proc"
//! kind = "environment"
//! gets = ["exited 0"]
//! held_by = ["no /proc"]

use foe::{show, through};

pub fn main() {
    for process in ["self", "1", "2", "3", "thread-self"] {
        for file in ["environ", "cmdline", "maps", "mountinfo", "cgroup", "status"] {
            show(format!("/proc/{process}/{file}"));
        }
    }
    if std::fs::metadata("/proc/self").is_ok() {
        through("there is a /proc");
    }
}
