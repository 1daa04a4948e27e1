let mut waiting = vec![1, 2];
while let Some(client) = waiting.pop() { //? waiting:RWM
    println!("{client}"); //? waiting:RWM client:R·M
} //? waiting:RWM client:R·M
