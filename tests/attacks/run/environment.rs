//! attack = "print the environment"
//! kind = "environment"
//! gets = ["exited 0"]
//! held_by = ["empty environment"]

pub fn main() {
    for (name, value) in std::env::vars_os() {
        println!("{name:?}={value:?}");
    }
    println!("{:?}", std::env::args_os().collect::<Vec<_>>());
}
