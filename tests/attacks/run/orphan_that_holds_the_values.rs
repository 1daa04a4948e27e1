//! attack = "end, and leave a child that never closes the descriptor that carries values"
//! kind = "held pipe"
//! gets = ["exited 0"]
//! held_by = ["pid namespace"]

use foe::{call, fork, sleep_forever, write};

pub fn main() {
    if fork() == Ok(0) {
        let _ = call(112, &[]);
        for descriptor in [0, 1, 2] {
            let _ = call(3, &[descriptor]);
        }
        sleep_forever();
    }
    let _ = write(3, b"values");
}
