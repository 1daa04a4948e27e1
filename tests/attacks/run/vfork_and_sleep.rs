//! attack = "a child of vfork that never lets its parent go on"
//! kind = "sleep"
//! gets = ["wall"]
//! held_by = ["wall limit"]
//! allow = { wall = 0.8 }

pub fn main() {
    // clone(CLONE_VM | CLONE_VFORK | SIGCHLD): the parent sleeps until the child ends, and can't be interrupted.
    let _ = foe::call(56, &[0x4100 | 17, 0, 0, 0, 0]);
    foe::sleep_forever();
}
