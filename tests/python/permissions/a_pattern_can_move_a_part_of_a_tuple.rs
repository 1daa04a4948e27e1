let pair = (String::from("GET"), String::from("/"));
let (method, _) = pair; //? pair:R·M
println!("{method} {}", pair.1); //? pair:··· method:R·M
