let head = String::from("GET /");
let one = &head; //? head:R·M
let other = &head; //? head:R·· one:R·M *one:R·
println!("{one} {other}"); //? head:R·· one:R·M *one:R· other:R·M *other:R·
