//! attack = "fill /tmp with many files"
//! kind = "disk bomb"
//! gets = ["exited 0", "memory"]
//! held_by = ["size of /tmp"]

use foe::{Briefing, through};
use std::io::Write;

pub fn main() {
    let allowed: usize = Briefing::read().one("tmp").parse().expect("a number");
    let block = vec![7u8; 1 << 20];
    let mut mib = 0;
    'files: for number in 0..48 {
        let Ok(mut file) = std::fs::File::create(format!("/tmp/{number}")) else { break };
        if file.write_all(&block).is_err() {
            break 'files;
        }
        mib += 1;
    }
    if mib > allowed {
        through(format!("{mib} MiB in /tmp where {allowed} are allowed"));
    }
}
