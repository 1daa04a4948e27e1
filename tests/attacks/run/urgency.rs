//! attack = "run before everybody else: nice, real-time scheduling, input and output first"
//! kind = "limits"
//! gets = ["exited 0"]
//! held_by = ["no capabilities"]

use foe::{at, call, through};

pub fn main() {
    let me = i64::from(std::process::id());
    if call(141, &[0, 0, -20]).is_ok() {
        through("nice -20");
    }
    if call(144, &[me, 1, at(&[50i32])]).is_ok() {
        through("real-time scheduling");
    }
    if call(251, &[1, 0, 1 << 13]).is_ok() {
        through("input and output in real time");
    }
}
