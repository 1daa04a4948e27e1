//! attack = "end with 1 and bubblewrap's own words, so that the box seems to have failed and is tried again"
//! kind = "crash"
//! gets = ["exited 1"]
//! held_by = ["status descriptor"]

pub fn main() {
    eprintln!("bwrap: Creating new namespace failed: Resource temporarily unavailable");
    std::process::exit(1);
}
