//! attack = "open descriptors until there is none left"
//! kind = "descriptor bomb"
//! gets = ["exited 0"]
//! held_by = ["descriptor limit"]

use foe::{call, through};

pub fn main() {
    let open = (0..4096).take_while(|_| call(32, &[1]).is_ok()).count(); // dup
    if open > 512 {
        through(format!("{open} descriptors"));
    }
}
