fn send(head: Vec<u8>) -> usize { head.len() } //? head:R·M
fn main() {
    let head = b"GET /".to_vec();
    for upstream in 0..2 { //? head:R·M
        println!("{upstream} {}", send(head)); //? head:··· upstream:R·M
    }
}
