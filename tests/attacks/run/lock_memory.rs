//! attack = "lock memory, so that it can't be swapped out for others"
//! kind = "memory bomb"
//! gets = ["exited 0"]
//! held_by = ["memory lock limit", "no capabilities"]

use foe::{call, through};

pub fn main() {
    let bytes = 4 << 20;
    let address = call(9, &[0, bytes, 3, 0x22, -1, 0]).expect("4 MiB");
    if call(149, &[address, bytes]).is_ok() {
        through("4 MiB locked into memory");
    }
    if call(151, &[3]).is_ok() {
        through("everything locked into memory");
    }
}
