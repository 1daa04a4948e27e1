//! attack = "load a program into the kernel (bpf), count its events, catch page faults"
//! kind = "kernel"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel"]

pub fn main() {
    foe::door("bpf", 321, &[0, 0, 0]);
    foe::door("perf_event_open", 298, &[0, 0, -1, -1, 0]);
    foe::door("userfaultfd", 323, &[0x8_0000]);
    foe::door("fanotify_init", 300, &[0, 0]);
    foe::door("lookup_dcookie", 212, &[0, 0, 0]);
}
