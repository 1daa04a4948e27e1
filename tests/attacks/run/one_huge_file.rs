//! attack = "one file with a hole of a tebibyte, and a block after it"
//! kind = "disk bomb"
//! gets = ["exited 0", "signal 25"]
//! held_by = ["file size limit"]

use foe::{ignore_signals, through};
use std::io::{Seek, SeekFrom, Write};

pub fn main() {
    ignore_signals(); // SIGXFSZ
    let mut file = std::fs::File::create("/tmp/huge").expect("a file");
    if file.set_len(1 << 40).is_ok() {
        through("a file of a tebibyte");
    }
    let after = file.seek(SeekFrom::Start(1 << 40)).and_then(|_| file.write_all(b"after the hole"));
    if after.is_ok() {
        through("a byte behind a tebibyte of nothing");
    }
}
