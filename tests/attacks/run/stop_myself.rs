//! attack = "stop, as with Ctrl-Z, and wait to be continued"
//! kind = "sleep"
//! gets = ["wall"]
//! held_by = ["wall limit"]
//! allow = { wall = 0.8 }

pub fn main() {
    let me = i64::from(std::process::id());
    let _ = foe::call(62, &[me, 19]);
    foe::sleep_forever();
}
