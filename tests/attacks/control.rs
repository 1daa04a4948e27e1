//! An honest submission, which must pass whatever its neighbour in the next box does.
//!
//! It uses a little of everything that a box gives: time, memory, a thread, a file, standard output, values.

use foe::write;

pub fn main() {
    let mut given = String::new();
    std::io::Read::read_to_string(&mut std::io::stdin(), &mut given).expect("the runner sends a number");
    let number: u64 = given.trim().parse().expect("the runner sends a number");
    // Long enough for the neighbour to be at work.
    std::thread::sleep(std::time::Duration::from_millis(60));
    let memory = vec![1u8; 8 << 20];
    let counted = std::thread::spawn(move || memory.iter().map(|byte| u64::from(*byte)).sum::<u64>());
    let counted = counted.join().expect("the thread counts to the end");
    std::fs::write("/tmp/honest", number.to_string()).expect("there is room in /tmp");
    let read = std::fs::read_to_string("/tmp/honest").expect("the file is there");
    println!("honest");
    let answer = format!("{} {counted}", read.parse::<u64>().expect("a number") * 2);
    write(3, answer.as_bytes()).expect("somebody reads the values");
}
