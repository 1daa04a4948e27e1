//! attack = "trace our own child, to make its system calls for it"
//! kind = "kernel"
//! gets = ["exited 0"]
//! held_by = ["seccomp: other processes"]

pub fn main() {
    foe::door("ptrace(PTRACE_TRACEME)", 101, &[0, 0, 0, 0]);
    foe::door("kcmp", 312, &[1, 1, 0, 0, 0]);
}
