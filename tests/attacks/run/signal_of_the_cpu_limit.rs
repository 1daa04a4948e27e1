//! attack = "end by SIGXCPU without having spent any time"
//! kind = "crash"
//! gets = ["signal 24", "cpu"]
//! held_by = ["status descriptor"]
//! allow = { wall = 12 }

pub fn main() {
    let me = i64::from(std::process::id());
    let _ = foe::call(62, &[me, 24]);
}
