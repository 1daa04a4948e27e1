//! attack = "fork until nothing is left"
//! kind = "fork bomb"
//! gets = ["exited 0"]
//! held_by = ["process limit"]

use foe::{Briefing, fork, sleep_forever, through};

pub fn main() {
    let allowed: usize = Briefing::read().one("processes").parse().expect("a number");
    let mut alive = 1;
    while alive < 4 * allowed {
        match fork() {
            Ok(0) => sleep_forever(),
            Ok(_) => alive += 1,
            Err(_) => break,
        }
    }
    if alive > allowed {
        through(format!("{alive} processes where {allowed} are allowed"));
    }
}
