//! attack = "leave a key in the user's keyring for the next submission"
//! kind = "keyring"
//! gets = ["exited 0"]
//! acts = 2
//! held_by = ["seccomp: kernel"]

use foe::{Briefing, at, call, text, through};

pub fn main() {
    let act = Briefing::read().one("act").to_owned();
    let (kind, name, answers) = (text("user"), text("proxylings-answers"), text("42"));
    for ring in [-3, -4, -5] {
        if act == "2" && call(250, &[10, ring, at(kind.as_c_str()), at(name.as_c_str()), 0]).is_ok() {
            through("a key of another submission");
        }
        if call(248, &[at(kind.as_c_str()), at(name.as_c_str()), at(answers.as_c_str()), 2, ring]).is_ok() && act == "2"
        {
            through(format!("a key in the ring {ring}"));
        }
    }
}
