//! attack = "sockets of families that few programs need: packets, netlink, kernel crypto, virtual machines, Bluetooth"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["seccomp: socket families"]

use foe::{SHUT, call, through};

pub fn main() {
    // EAFNOSUPPORT is as good as a refusal: a kernel without the family, or a filter that says so.
    for (what, family, kind) in [
        ("netlink", 16, 3),
        ("netlink audit", 16, 2),
        ("packet", 17, 3),
        ("kernel crypto", 38, 5),
        ("vsock", 40, 1),
        ("Bluetooth", 31, 3),
        ("CAN", 29, 3),
        ("RDS", 21, 5),
        ("TIPC", 30, 1),
        ("XDP", 44, 3),
        ("raw IPv4", 2, 3),
    ] {
        let protocol = if what.starts_with("raw") { 1 } else { 0 };
        match call(41, &[family, kind, protocol]) {
            Ok(_) => through(format!("a socket of the family {what}")),
            Err(error) if SHUT.contains(&error) || error == 97 => {}
            Err(error) => through(format!("{what} reached the kernel, which answered with error {error}")),
        }
    }
}
