//! attack = "write a good status to every descriptor that is open, then fail"
//! kind = "forged status"
//! gets = ["exited 7"]
//! held_by = ["status descriptor"]

use foe::write;

pub fn main() {
    for descriptor in 4..1024 {
        let _ = write(descriptor, b"{ \"exit-code\": 0 }\n");
    }
    std::process::exit(7);
}
