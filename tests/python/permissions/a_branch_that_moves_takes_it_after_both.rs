let head = String::from("GET /");
if head.len() > 3 { //? head:R·M
    drop(head); //? head:R·M
} //? head:···
let size = 1; //? head:···
println!("{size}"); //? head:··· size:R·M
