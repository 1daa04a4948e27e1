let head = &mut String::from("GET");
head.push('/'); //? head:R·M *head:RW
println!("{head}"); //? head:R·M *head:RW
