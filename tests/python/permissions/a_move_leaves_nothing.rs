let head = String::from("GET /");
let upstream = head; //? head:R·M
println!("{upstream}"); //? head:··· upstream:R·M
