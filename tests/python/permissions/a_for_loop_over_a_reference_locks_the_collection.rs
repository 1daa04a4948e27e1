let mut routes = vec![String::from("/a")];
for route in &routes { //? routes:RWM
    println!("{route}"); //? routes:R·· route:R·M *route:R·
} //? routes:R·· route:R·M *route:R·
for route in &mut routes { //? routes:RWM
    route.push('x'); //? routes:··· route:R·M *route:RW
} //? routes:··· route:R·M *route:RW
println!("{routes:?}"); //? routes:RWM
