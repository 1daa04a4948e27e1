//! attack = "a child that adopts every orphan, undoes the death signal, and stays"
//! kind = "orphan"
//! gets = ["exited 0"]
//! held_by = ["pid namespace"]

use foe::{call, fork, ignore_signals, sleep_forever};

pub fn main() {
    if fork() == Ok(0) {
        let _ = call(157, &[36, 1]); // prctl(PR_SET_CHILD_SUBREAPER)
        let _ = call(157, &[1, 0]); // prctl(PR_SET_PDEATHSIG, none)
        let _ = call(112, &[]);
        ignore_signals();
        for _ in 0..3 {
            if fork() == Ok(0) {
                sleep_forever();
            }
        }
        sleep_forever();
    }
    let _ = call(157, &[1, 0]);
}
