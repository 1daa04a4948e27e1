//! attack = "hoard kernel memory in POSIX message queues"
//! kind = "memory bomb"
//! gets = ["exited 0"]
//! held_by = ["message queue limit", "seccomp: loose memory"]

use foe::{at, call, text, through};

pub fn main() {
    // mq_attr: flags, most messages, their size, those waiting
    let attributes = [0i64, 10, 8192, 0, 0, 0, 0, 0];
    let queues = (0..64).filter(|number| {
        let name = text(&format!("hoard-{number}"));
        call(240, &[at(name.as_c_str()), 0o102, 0o600, at(&attributes)]).is_ok()
    });
    let made = queues.count();
    if made > 0 {
        through(format!("{made} message queues"));
    }
}
