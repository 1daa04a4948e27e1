//! attack = "files without a byte in them, until there is no room for another name"
//! kind = "inode bomb"
//! gets = ["exited 0", "cpu", "memory"]
//! held_by = ["cpu limit", "memory limit"]
//! allow = { wall = 12 }

use foe::through;

pub fn main() {
    let made = (0..400_000).take_while(|number| std::fs::File::create(format!("/tmp/{number}")).is_ok()).count();
    if made == 400_000 {
        through(format!("{made} files"));
    }
}
