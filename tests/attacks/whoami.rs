//! The bait: a program that belongs to root and says as whom it runs. In a box, that must be whoever started it.

pub fn main() {
    println!("{}", foe::call(107, &[]).expect("geteuid does not fail"));
}
