//! attack = "start threads until nothing is left"
//! kind = "thread bomb"
//! gets = ["exited 0"]
//! held_by = ["process limit"]

use foe::{Briefing, through};

pub fn main() {
    let allowed: usize = Briefing::read().one("processes").parse().expect("a number");
    let mut alive = 1;
    while alive < 4 * allowed {
        // A small stack, so that threads are what runs out, and not memory.
        match std::thread::Builder::new().stack_size(16 << 10).spawn(std::thread::park) {
            Ok(_) => alive += 1,
            Err(_) => break,
        }
    }
    if alive > allowed {
        through(format!("{alive} threads where {allowed} are allowed"));
    }
    std::process::exit(0);
}
