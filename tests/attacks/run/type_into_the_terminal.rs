//! attack = "type a command into the grader's terminal (TIOCSTI), and paste one (TIOCLINUX)"
//! kind = "terminal"
//! gets = ["exited 0"]
//! held_by = ["seccomp: terminal"]

use foe::{at, door};

pub fn main() {
    let letter = b"!";
    for descriptor in [0, 1, 2] {
        door("ioctl(TIOCSTI)", 16, &[descriptor, 0x5412, at(letter)]);
        door("ioctl(TIOCLINUX)", 16, &[descriptor, 0x541c, at(letter)]);
        // The upper half of the request is not looked at by the kernel; a filter must not look at it either.
        door("ioctl(TIOCSTI, and a bit above)", 16, &[descriptor, 0x1_0000_5412, at(letter)]);
    }
}
