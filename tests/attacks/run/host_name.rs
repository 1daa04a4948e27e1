//! attack = "learn the name of the machine, and change it"
//! kind = "host change"
//! gets = ["exited 0"]
//! held_by = ["uts namespace", "no capabilities"]

use foe::{Briefing, at, call, text, through};

pub fn main() {
    let name = text("owned");
    let _ = call(170, &[at(name.as_c_str()), 5]); // sethostname
    let _ = call(171, &[at(name.as_c_str()), 5]); // setdomainname
    let about = [0u8; 65 * 6];
    let _ = call(63, &[at(&about)]); // uname
    let node = std::str::from_utf8(&about[65..130]).unwrap_or_default().trim_end_matches('\0');
    println!("the machine is called {node}");
    if node == Briefing::read().one("hostname") {
        through(format!("the host's name is {node}"));
    }
}
