//! attack = "mount, network, process, host name, IPC, group and time namespaces of our own"
//! kind = "namespaces"
//! gets = ["exited 0"]
//! held_by = ["seccomp: namespaces", "no capabilities"]

use foe::door;

pub fn main() {
    for (what, flag) in [
        ("mounts", 0x0002_0000),
        ("control groups", 0x0200_0000),
        ("host name", 0x0400_0000),
        ("IPC", 0x0800_0000),
        ("processes", 0x2000_0000),
        ("network", 0x4000_0000),
        ("time", 0x80),
    ] {
        door(&format!("unshare({what})"), 272, &[flag]);
    }
    door("setns", 308, &[-1, 0]);
}
