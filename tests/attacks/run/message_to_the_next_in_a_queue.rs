//! attack = "leave a POSIX message queue for the next submission"
//! kind = "other submissions"
//! gets = ["exited 0"]
//! acts = 2
//! held_by = ["ipc namespace", "seccomp: loose memory", "message queue limit"]

use foe::{Briefing, at, call, text, through};

pub fn main() {
    let act = Briefing::read().one("act").to_owned();
    let name = text("proxylings-answers");
    if act == "2" && call(240, &[at(name.as_c_str()), 2, 0, 0]).is_ok() {
        through("a message queue of another submission");
    }
    let _ = call(240, &[at(name.as_c_str()), 0o102, 0o666, 0]);
}
