//! attack = "become root, or anybody else"
//! kind = "setuid"
//! gets = ["exited 0"]
//! held_by = ["no capabilities", "seccomp: namespaces"]

use foe::{at, call, through};

pub fn main() {
    let before = call(102, &[]).expect("getuid does not fail");
    if before == 0 {
        through("we are root, to begin with");
    }
    for user in [0, 1, 1000, before + 1, before - 1] {
        let _ = call(117, &[user, user, user]); // setresuid
        let _ = call(119, &[user, user, user]); // setresgid
        let _ = call(116, &[1, at(&[user])]); // setgroups
        if call(102, &[]) == Ok(user) || call(104, &[]) == Ok(user) && user != before {
            through(format!("we are user {user}"));
        }
    }
    // capset: version 3, then effective, permitted, inheritable, twice
    let header = [0x2008_0522u32, 0];
    let all = [u32::MAX; 6];
    if call(126, &[at(&header), at(&all)]).is_ok() {
        through("all capabilities");
    }
}
