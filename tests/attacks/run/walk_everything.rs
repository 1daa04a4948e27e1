//! attack = "walk through every folder in sight, and print each small file that is not a part of the system"
//! kind = "hidden tests"
//! gets = ["exited 0"]
//! held_by = ["root of its own"]

use foe::show;
use std::path::{Path, PathBuf};

pub fn main() {
    let mut folders = vec![PathBuf::from("/")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            let system = ["/usr", "/proc", "/sys", "/dev", "/toolchain"].iter().any(|skip| path == Path::new(skip));
            if kind.is_dir() && !system && seen < 20_000 {
                folders.push(path);
            } else if kind.is_file() && entry.metadata().is_ok_and(|about| about.len() < 4096) {
                show(path);
            }
        }
    }
}
