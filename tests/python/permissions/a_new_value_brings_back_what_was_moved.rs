let mut head = String::from("GET");
let sent = head; //? head:RWM
head = String::new(); //? head:··· sent:R·M
println!("{head} {sent}"); //? head:RWM sent:R·M
