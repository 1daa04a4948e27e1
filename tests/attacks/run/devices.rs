//! attack = "open the disk, the memory, the kernel's log and the console as devices"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["devices of its own"]

pub fn main() {
    let good = ["null", "zero", "full", "random", "urandom", "tty", "stdin", "stdout", "stderr"];
    let known = [&good[..], &["fd", "shm", "pts", "ptmx", "core", "console"]].concat();
    for entry in std::fs::read_dir("/dev").into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().expect("devices have plain names");
        if !known.contains(&name.as_str()) {
            foe::through(format!("/dev/{name} is there"));
        }
    }
    for path in ["/dev/mem", "/dev/kmsg", "/dev/vda", "/dev/sda", "/dev/console", "/dev/fuse", "/dev/net/tun"] {
        if std::fs::File::open(path).is_ok() {
            foe::through(format!("{path} can be opened"));
        }
    }
}
