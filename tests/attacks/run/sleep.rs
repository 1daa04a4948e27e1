//! attack = "sleep"
//! kind = "sleep"
//! gets = ["wall"]
//! held_by = ["wall limit"]
//! allow = { wall = 0.8 }

pub fn main() {
    foe::sleep_forever();
}
