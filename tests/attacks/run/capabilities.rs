//! attack = "look for a capability that was left to us"
//! kind = "setuid"
//! gets = ["exited 0"]
//! held_by = ["no capabilities"]

use foe::{at, call, through};

pub fn main() {
    let header = [0x2008_0522u32, 0];
    let mine = [0u32; 6];
    call(125, &[at(&header), at(&mine)]).expect("capget");
    let [effective, permitted, inheritable, effective_high, permitted_high, ..] = std::hint::black_box(mine);
    if effective | permitted | inheritable | effective_high | permitted_high != 0 {
        through(format!("capabilities: {mine:x?}"));
    }
    for capability in 0..41 {
        if call(157, &[23, capability]) == Ok(1) && call(157, &[47, 1, capability, 0, 0]) == Ok(1) {
            through(format!("capability {capability} is ambient"));
        }
    }
    if call(157, &[39]) != Ok(1) {
        through("a program may gain privileges (no_new_privs is not set)");
    }
}
