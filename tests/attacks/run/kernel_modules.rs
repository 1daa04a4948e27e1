//! attack = "load a kernel module, or another kernel"
//! kind = "kernel"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel", "no capabilities"]

pub fn main() {
    foe::door("init_module", 175, &[0, 0, 0]);
    foe::door("finit_module", 313, &[-1, 0, 0]);
    foe::door("delete_module", 176, &[0, 0]);
    foe::door("kexec_load", 246, &[0, 0, 0, 0]);
}
