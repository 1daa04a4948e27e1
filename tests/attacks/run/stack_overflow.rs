//! attack = "call oneself until the stack ends"
//! kind = "crash"
//! gets = ["signal 6", "signal 11"]
//! held_by = ["status descriptor"]

fn dig(depth: u64) -> u64 {
    let hole = std::hint::black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { dig(depth + 1) + hole[0] }
}

pub fn main() {
    println!("{}", dig(0));
}
