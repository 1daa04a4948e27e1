let head = String::from("GET /");
let head = head.len(); //? head:R·M
println!("{head}"); //? head:R·M
