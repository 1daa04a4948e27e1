//! attack = "answers without end on the descriptor that carries values"
//! kind = "output bomb"
//! gets = ["output"]
//! held_by = ["output cap"]

use foe::{through, write};

pub fn main() {
    for _ in 0..1024 {
        let _ = write(3, &[b'a'; 16384]);
    }
    through("16 MiB of values");
}
