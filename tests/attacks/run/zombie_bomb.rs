//! attack = "children that end at once, and are never waited for"
//! kind = "fork bomb"
//! gets = ["exited 0"]
//! held_by = ["process limit"]

use foe::{Briefing, fork, through};

pub fn main() {
    let allowed: usize = Briefing::read().one("processes").parse().expect("a number");
    let mut dead = 0;
    while dead < 4 * allowed {
        match fork() {
            Ok(0) => std::process::exit(0),
            Ok(_) => dead += 1,
            Err(_) => break,
        }
    }
    if dead > allowed {
        through(format!("{dead} entries of the process table"));
    }
}
