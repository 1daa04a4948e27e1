let mut head = String::from("GET /");
let seen = &head; //? head:RWM
println!("{seen}"); //? head:R·· seen:R·M *seen:R·
head.push('x'); //? head:RWM seen:R·M *seen:R·
println!("{head}"); //? head:RWM seen:··· *seen:··
