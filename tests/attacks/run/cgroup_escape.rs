//! attack = "find the box's own control group, and raise its limits or leave it"
//! kind = "limits"
//! gets = ["exited 0"]
//! held_by = ["root of its own", "no capabilities"]

use foe::{at, call, text, through};

pub fn main() {
    for version in ["cgroup", "cgroup2"] {
        let _ = std::fs::create_dir("/tmp/groups");
        let (kind, place, options) = (text(version), text("/tmp/groups"), text("memory"));
        let options = if version == "cgroup" { at(options.as_c_str()) } else { 0 };
        if call(165, &[at(kind.as_c_str()), at(place.as_c_str()), at(kind.as_c_str()), 0, options]).is_ok() {
            through(format!("{version} is mounted"));
        }
    }
    for path in ["/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/memory/cgroup.procs"] {
        if std::fs::write(path, "0").is_ok() {
            through("moved to another control group");
        }
    }
}
