//! attack = "read and write the memory of our parent and of the first process"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["pid namespace", "seccomp: other processes"]

use foe::{Briefing, at, call, door};

pub fn main() {
    let briefing = Briefing::read();
    let local = [0u8; 64];
    let ours = [at(&local), 64];
    let theirs = [0x40_0000, 64];
    let parent = call(110, &[]).expect("getppid does not fail");
    for process in
        [1, parent.max(1)].into_iter().chain(briefing.all("process").map(|one| one.parse().expect("a number")))
    {
        door("process_vm_readv", 310, &[process, at(&ours), 1, at(&theirs), 1, 0]);
        door("process_vm_writev", 311, &[process, at(&ours), 1, at(&theirs), 1, 0]);
        door("ptrace(PTRACE_ATTACH)", 101, &[16, process, 0, 0]);
        door("ptrace(PTRACE_SEIZE)", 101, &[0x4206, process, 0, 0]);
    }
}
