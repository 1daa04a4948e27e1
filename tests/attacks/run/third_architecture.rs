//! attack = "a system call of the x32 architecture, whose numbers have a bit more"
//! kind = "kernel"
//! gets = ["signal 31", "exited 0"]
//! held_by = ["seccomp: foreign architectures"]

pub fn main() {
    if let Ok(answer) = foe::call(0x4000_0000 + 39, &[]) {
        foe::through(format!("x32 answered {answer}"));
    }
}
