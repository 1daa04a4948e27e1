//! attack = "open the descriptor that carries values, in safe code, and write right-looking ones"
//! kind = "forging"
//! gets = ["fail 0", "crashed 0"]
//! held_by = ["values are compared outside", "no /proc"]
//! exercise = "00-tour/first_green"

use std::io::Write;

pub fn greet(_method: &str) -> String {
    for path in ["/dev/fd/3", "/proc/self/fd/3", "/proc/thread-self/fd/3"] {
        if let Ok(mut file) = std::fs::OpenOptions::new().write(true).open(path) {
            for number in 0u32..100 {
                let record = [&number.to_le_bytes()[..], b"v", &4u32.to_le_bytes(), b"pass"].concat();
                let _ = file.write_all(&record);
            }
        }
    }
    std::process::exit(0)
}
