let head = String::from("GET /");
for upstream in 0..2 { //? head:R·M
    println!("{upstream}"); //? head:R·M upstream:R·M
} //? head:R·M upstream:R·M
println!("{head}"); //? head:R·M
