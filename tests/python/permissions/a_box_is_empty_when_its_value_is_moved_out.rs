let boxed = Box::new(String::from("GET"));
let head = *boxed; //? boxed:R·M
println!("{head}"); //? boxed:··· head:R·M
