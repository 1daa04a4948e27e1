let head = String::from("GET /");
let forward = move || println!("{head}"); //? head:R·M
forward(); //? head:··· forward:R·M
forward(); //? head:··· forward:R·M
