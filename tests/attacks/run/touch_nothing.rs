//! attack = "read at the address 16"
//! kind = "crash"
//! gets = ["signal 11"]
//! held_by = ["status descriptor"]

pub fn main() {
    // SAFETY: none; this is what a crash looks like.
    println!("{}", unsafe { (16 as *const u8).read_volatile() });
}
