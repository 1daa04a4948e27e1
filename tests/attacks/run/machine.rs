//! attack = "restart the machine, switch off its swap and its accounting, talk to its ports"
//! kind = "host change"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel", "no capabilities"]

pub fn main() {
    // Wrong magic numbers: a kernel that is reached answers EINVAL, and does not restart.
    foe::door("reboot", 169, &[0, 0, 0, 0]);
    foe::door("swapon", 167, &[0, 0]);
    foe::door("swapoff", 168, &[0]);
    foe::door("acct", 163, &[1]);
    foe::door("quotactl", 179, &[0, 0, 0, 0]);
    foe::door("iopl", 172, &[3]);
    foe::door("ioperm", 173, &[0, 1, 1]);
}
