//! attack = "list and read the home directory"
//! kind = "home"
//! gets = ["exited 0"]
//! held_by = ["root of its own"]

use foe::{Briefing, show};

pub fn main() {
    let briefing = Briefing::read();
    for folder in briefing.all("place").chain(["/root", "/home"]) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            println!("{}", entry.path().display());
            show(entry.path());
        }
    }
}
