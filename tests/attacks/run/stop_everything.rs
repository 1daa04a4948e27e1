//! attack = "stop every process, so that nobody is left who could end us"
//! kind = "kill everything"
//! gets = ["wall"]
//! held_by = ["pid namespace", "wall limit"]
//! allow = { wall = 0.8 }

pub fn main() {
    let _ = foe::call(62, &[-1, 19]);
    foe::sleep_forever();
}
