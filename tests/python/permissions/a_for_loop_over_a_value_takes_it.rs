let routes = vec![String::from("/a")];
for route in routes { //? routes:R·M
    println!("{route}"); //? routes:··· route:R·M
} //? routes:··· route:R·M
