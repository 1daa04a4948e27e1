//! attack = "a daemon: fork twice, leave the session, live on"
//! kind = "orphan"
//! gets = ["exited 0"]
//! held_by = ["pid namespace"]

use foe::{call, fork, ignore_signals, sleep_forever};

pub fn main() {
    if fork() == Ok(0) {
        let _ = call(112, &[]); // setsid
        ignore_signals();
        for descriptor in 0..64 {
            let _ = call(3, &[descriptor]);
        }
        if fork() == Ok(0) {
            sleep_forever();
        }
        std::process::exit(0);
    }
    let _ = foe::wait();
}
