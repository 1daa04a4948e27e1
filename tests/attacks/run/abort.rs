//! attack = "abort"
//! kind = "crash"
//! gets = ["signal 6"]
//! held_by = ["status descriptor"]

pub fn main() {
    std::process::abort();
}
