//! attack = "raise the limit of core files, and let a child crash"
//! kind = "disk bomb"
//! gets = ["exited 0"]
//! held_by = ["no core files"]

use foe::{at, call, fork, through, wait};

pub fn main() {
    let _ = std::env::set_current_dir("/tmp");
    if call(160, &[4, at(&[1u64 << 20, 1 << 20])]).is_ok() {
        through("core files of a mebibyte"); // setrlimit(RLIMIT_CORE)
    }
    if fork() == Ok(0) {
        std::process::abort();
    }
    let _ = wait();
    let found: Vec<_> =
        std::fs::read_dir("/tmp").into_iter().flatten().flatten().map(|file| file.file_name()).collect();
    if !found.is_empty() {
        through(format!("a core file: {found:?}"));
    }
}
