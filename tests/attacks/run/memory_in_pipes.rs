//! attack = "fill the buffers of as many pipes as there are descriptors"
//! kind = "memory bomb"
//! gets = ["memory", "exited 0"]
//! held_by = ["memory limit", "descriptor limit"]

use foe::{at, call, spin, through, write};
use std::time::Duration;

pub fn main() {
    let block = vec![7u8; 1 << 20];
    let mut bytes = 0;
    for _ in 0..160 {
        let ends = [0i32; 2];
        if call(293, &[at(&ends), 0o4000]).is_err() {
            break;
        }
        let _ = call(72, &[i64::from(ends[1]), 1031, 1 << 20]); // F_SETPIPE_SZ
        bytes += write(i64::from(ends[1]), &block).unwrap_or(0);
    }
    spin(Duration::from_millis(200));
    if bytes >> 20 > 96 {
        through(format!("{} MiB in pipes", bytes >> 20));
    }
}
