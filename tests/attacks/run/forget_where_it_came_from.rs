//! attack = "ask who listens at the other end of our descriptors, and for the paths behind them"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["root of its own", "no /proc"]

use foe::{at, call};

pub fn main() {
    for descriptor in 0..4 {
        if let Ok(target) = std::fs::read_link(format!("/dev/fd/{descriptor}")) {
            println!("{}", target.display());
        }
        let name = [0u8; 4096];
        let _ = call(72, &[descriptor, 1024 + 4, at(&name)]);
    }
    println!("{:?} {:?}", std::env::current_dir(), std::env::current_exe());
}
