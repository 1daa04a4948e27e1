//! attack = "sleep, and ignore every signal"
//! kind = "ignored signal"
//! gets = ["wall"]
//! held_by = ["wall limit"]
//! allow = { wall = 0.8 }

pub fn main() {
    foe::ignore_signals();
    foe::sleep_forever();
}
