//! attack = "an endless loop that ignores every signal"
//! kind = "ignored signal"
//! gets = ["cpu"]
//! held_by = ["cpu limit"]
//! allow = { wall = 12 }

pub fn main() {
    foe::ignore_signals();
    loop {
        std::hint::spin_loop();
    }
}
