//! attack = "an endless loop"
//! kind = "loop"
//! gets = ["cpu"]
//! held_by = ["cpu limit"]
//! allow = { wall = 12 }

pub fn main() {
    loop {
        std::hint::spin_loop();
    }
}
