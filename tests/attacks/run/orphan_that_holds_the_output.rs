//! attack = "end, and leave a child that never closes standard output and error"
//! kind = "held pipe"
//! gets = ["exited 0"]
//! held_by = ["pid namespace"]

use foe::{call, fork, sleep_forever};

pub fn main() {
    if fork() == Ok(0) {
        let _ = call(112, &[]);
        sleep_forever();
    }
    println!("held");
}
