//! attack = "search, list and join keyrings"
//! kind = "keyring"
//! gets = ["exited 0"]
//! held_by = ["seccomp: kernel"]

pub fn main() {
    foe::door("keyctl(KEYCTL_GET_KEYRING_ID)", 250, &[0, -4, 0]);
    foe::door("keyctl(KEYCTL_JOIN_SESSION_KEYRING)", 250, &[1, 0]);
    foe::door("add_key", 248, &[0, 0, 0, 0, -4]);
    foe::door("request_key", 249, &[0, 0, 0, -4]);
}
