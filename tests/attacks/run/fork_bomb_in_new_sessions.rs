//! attack = "a fork bomb whose processes each leave their session and process group"
//! kind = "fork bomb"
//! gets = ["exited 0"]
//! held_by = ["process limit"]

use foe::{Briefing, call, fork, sleep_forever, through};

pub fn main() {
    let allowed: usize = Briefing::read().one("processes").parse().expect("a number");
    let mut alive = 1;
    while alive < 4 * allowed {
        match fork() {
            Ok(0) => {
                let _ = call(112, &[]); // setsid
                sleep_forever()
            }
            Ok(_) => alive += 1,
            Err(_) => break,
        }
    }
    if alive > allowed {
        through(format!("{alive} processes in sessions of their own"));
    }
}
