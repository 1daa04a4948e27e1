//! attack = "write wherever the root of the box lets itself be written to"
//! kind = "disk bomb"
//! gets = ["exited 0", "memory"]
//! held_by = ["read-only root"]

use foe::through;
use std::path::Path;

pub fn main() {
    let block = vec![7u8; 1 << 20];
    for folder in ["/", "/dev", "/usr", "/etc", "/run", "/var", "/var/tmp", "/home", "/new/folder"] {
        let _ = std::fs::create_dir_all(folder);
        let path = Path::new(folder).join("filled");
        let mib = (0..24).take_while(|n| std::fs::write(path.with_extension(n.to_string()), &block).is_ok()).count();
        if mib > 0 {
            through(format!("{mib} MiB in {folder}"));
        }
    }
}
