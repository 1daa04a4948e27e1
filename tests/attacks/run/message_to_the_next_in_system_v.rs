//! attack = "leave a System V segment, a semaphore and a queue for the next submission"
//! kind = "other submissions"
//! gets = ["exited 0"]
//! acts = 2
//! held_by = ["ipc namespace", "seccomp: loose memory"]

use foe::{Briefing, call, through};

const KEY: i64 = 0x7072_6f78;

pub fn main() {
    let act = Briefing::read().one("act").to_owned();
    // shmget, semget and msgget
    for (what, number, arguments) in
        [("segment", 29, [KEY, 4096, 0]), ("semaphore", 64, [KEY, 1, 0]), ("queue", 68, [KEY, 0, 0])]
    {
        if act == "2" && call(number, &arguments).is_ok() {
            through(format!("a {what} of another submission"));
        }
        let mut create = arguments;
        let flags = if number == 68 { 1 } else { 2 };
        create[flags] = 0o1666;
        let _ = call(number, &create);
    }
}
