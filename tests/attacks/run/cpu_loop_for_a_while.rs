//! attack = "work for two seconds where one is allowed, and be done before the clock says anything"
//! kind = "loop"
//! gets = ["cpu"]
//! held_by = ["cpu limit"]
//! allow = { wall = 20 }

use std::time::Duration;

pub fn main() {
    let mut turns = 0u64;
    // By its own processor time: clock_gettime(CLOCK_PROCESS_CPUTIME_ID)
    let time = std::cell::Cell::new([0i64; 2]);
    while time.get()[0] < 2 {
        turns += 1;
        if turns % 100_000 == 0 {
            let _ = foe::call(228, &[2, time.as_ptr() as i64]);
        }
        std::hint::spin_loop();
    }
    foe::through(format!("{:?} of processor time", Duration::from_secs(2)));
}
