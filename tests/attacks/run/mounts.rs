//! attack = "mount, unmount, remount for writing, and move the root"
//! kind = "mounts"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: namespaces"]

use foe::{at, call, text, through};

pub fn main() {
    let _ = std::fs::create_dir("/tmp/here");
    let (kind, here, root, usr) = (text("tmpfs"), text("/tmp/here"), text("/"), text("/usr"));
    let (here, root, usr, kind) = (at(here.as_c_str()), at(root.as_c_str()), at(usr.as_c_str()), at(kind.as_c_str()));
    for (what, number, arguments) in [
        ("mount of a tmpfs", 165, [kind, here, kind, 0, 0]),
        ("bind mount", 165, [root, here, 0, 0x1000, 0]),
        ("remount for writing", 165, [0, usr, 0, 0x1020, 0]),
        ("remount of the root", 165, [0, root, 0, 0x20, 0]),
        ("umount2", 166, [usr, 2, 0, 0, 0]),
        ("pivot_root", 155, [here, here, 0, 0, 0]),
        ("open_tree", 428, [-100, root, 1, 0, 0]),
        ("fsopen", 430, [kind, 0, 0, 0, 0]),
        ("mount_setattr", 442, [-100, usr, 0, here, 32]),
    ] {
        if call(number, &arguments).is_ok() {
            through(what);
        }
    }
}
