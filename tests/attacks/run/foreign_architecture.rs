//! attack = "a system call of the 32-bit architecture, whose numbers mean other calls"
//! kind = "kernel"
//! gets = ["signal 31", "signal 11", "exited 0"]
//! held_by = ["seccomp: foreign architectures"]

use std::arch::asm;

pub fn main() {
    let answer: i64;
    // SAFETY: 20 is getpid there; it takes nothing and touches nothing.
    unsafe { asm!("int 0x80", inlateout("rax") 20i64 => answer) };
    if answer > 0 {
        foe::through(format!("int 0x80 answered {answer}"));
    }
}
