//! attack = "change, replace, delete, and make executable for all what the box was lent"
//! kind = "poisoned cache"
//! gets = ["exited 0"]
//! held_by = ["read-only mounts"]

use foe::through;
use std::fs;
use std::os::unix::fs::PermissionsExt;

pub fn main() {
    for folder in ["/lent", "/usr/bin", "/usr/lib", "/usr/lib64"] {
        if fs::write(format!("{folder}/planted"), "planted").is_ok() {
            through(format!("a new file in {folder}"));
        }
        if fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).is_ok() {
            through(format!("{folder} is open to all"));
        }
    }
    for path in ["/lent/libdependency.rlib", "/attack", "/given.txt"] {
        if fs::OpenOptions::new().append(true).open(path).is_ok() {
            through(format!("{path} can be written"));
        }
        if fs::remove_file(path).is_ok() || fs::rename(path, "/tmp/taken").is_ok() {
            through(format!("{path} is gone"));
        }
        if fs::set_permissions(path, fs::Permissions::from_mode(0o777)).is_ok() {
            through(format!("{path} has other permissions"));
        }
        if fs::hard_link(path, "/tmp/linked").is_ok() {
            through(format!("{path} has another name"));
        }
    }
}
