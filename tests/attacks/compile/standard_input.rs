//! attack = "include what the grader gave the compiler as its input"
//! kind = "leak"
//! gets = ["exited 0", "exited 1"]
//! held_by = ["no inherited descriptors"]

pub fn main() {
    println!("{:?}", include_str!("/dev/stdin"));
}
