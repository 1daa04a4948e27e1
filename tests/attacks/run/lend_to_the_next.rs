//! attack = "replace the library that the next submission is linked to"
//! kind = "poisoned cache"
//! gets = ["exited 0"]
//! acts = 2
//! held_by = ["read-only mounts"]

use foe::{Briefing, through};

pub fn main() {
    let act = Briefing::read().one("act").to_owned();
    let path = "/lent/libdependency.rlib";
    let before = std::fs::read_to_string(path).expect("the library is there");
    if act == "2" && before.contains("poison") {
        through("the library of another submission is poisoned");
    }
    let _ = std::fs::remove_file(path);
    let _ = std::fs::write(path, "poison");
}
