//! attack = "an endless loop in each of four threads"
//! kind = "loop"
//! gets = ["cpu"]
//! held_by = ["cpu limit"]
//! allow = { wall = 12 }

pub fn main() {
    for _ in 0..3 {
        std::thread::spawn(|| {
            loop {
                std::hint::spin_loop();
            }
        });
    }
    loop {
        std::hint::spin_loop();
    }
}
