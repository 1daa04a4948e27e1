//! attack = "make system calls through io_uring, where no filter sees them"
//! kind = "kernel"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel"]

pub fn main() {
    let parameters = [0u32; 30];
    foe::door("io_uring_setup", 425, &[8, foe::at(&parameters)]);
    foe::door("io_uring_enter", 426, &[-1, 0, 0, 0, 0, 0]);
    foe::door("io_uring_register", 427, &[-1, 0, 0, 0]);
}
