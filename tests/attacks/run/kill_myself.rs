//! attack = "end by SIGKILL, as if the grader had done it"
//! kind = "crash"
//! gets = ["signal 9"]
//! held_by = ["status descriptor"]

pub fn main() {
    let me = i64::from(std::process::id());
    let _ = foe::call(62, &[me, 9]);
    foe::sleep_forever();
}
